package io.github.mfvcam;

import com.google.common.base.Stopwatch;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A folder with a folder for every version of every bundle, extracted once and verified every time.
 * File names are fixed, because Windows cannot delete a DLL that is loaded.
 */
final class NativeCache {
  /** What Windows loads a DLL from: MAX_PATH without the terminating zero. */
  static final int LONGEST_PATH = 259;

  /** How long a version stays that nobody uses. */
  static final Duration UNUSED = Duration.ofDays(30);

  /** How long others may have a file open: virus scanners, and processes that extract the same. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long garbage may stay open. */
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final String STAGING = ".staging-";
  private static final Pattern VERSION = Pattern.compile("mfvcam-[0-9a-f]{16}(-\\d{1,9})?");

  private final Path root;
  private final boolean ours;
  private final Duration patience;

  /**
   * A cache that need not be there yet.
   *
   * @param ours whether the root, too, is to be private, and no link: in a shared folder somebody
   *     else may have made it before
   * @param patience how long to wait for others
   */
  NativeCache(Path root, boolean ours, Duration patience) {
    this.root = root;
    this.ours = ours;
    this.patience = patience;
  }

  /**
   * The folder of a bundle in this cache.
   *
   * @param slot from 1: which of the copies for the JVM's class loaders
   */
  Path folder(NativeBundle bundle, int slot) {
    return root.resolve("mfvcam-" + bundle.id() + (slot == 1 ? "" : "-" + slot));
  }

  /** Puts the files of a bundle into its folder if they are not there, and holds them. */
  HeldFiles provide(NativeBundle bundle, int slot) throws IOException {
    Path folder = folder(bundle, slot);
    for (String name : bundle.hashes().keySet()) {
      int length = folder.resolve(name).toString().length();
      if (length > LONGEST_PATH) {
        throw new IOException(
            "a path of " + length + " characters is too long for Windows: at most " + LONGEST_PATH);
      }
    }
    if (ours) {
      PrivateFolder.ensure(root);
    }
    PrivateFolder.ensure(folder);
    HeldFiles held = null;
    try {
      held = extractAndHold(bundle, folder);
      return held;
    } finally {
      if (held == null) {
        // Only if it is empty.
        boolean ignored = folder.toFile().delete();
      }
    }
  }

  private HeldFiles extractAndHold(NativeBundle bundle, Path folder) throws IOException {
    Stopwatch since = Stopwatch.createStarted();
    // It would close the files, and is meant for what the program does next.
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          if (Files.notExists(folder)) {
            // It was empty, and another process that extracted in vain has deleted it.
            PrivateFolder.ensure(folder);
          }
          HeldFiles held = HeldFiles.hold(folder, bundle.hashes());
          if (held != null) {
            return held;
          }
          extractMissing(bundle, folder);
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        } catch (FileSystemException e) {
          if (since.elapsed().compareTo(patience) > 0) {
            throw e;
          }
          Uninterruptibles.sleepUninterruptibly(PAUSE);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * One process at a time.
   *
   * @throws FileSystemException if another extracts, or has a file open that is to be replaced
   */
  @SuppressWarnings("try") // The lock need only be open.
  private static void extractMissing(NativeBundle bundle, Path folder) throws IOException {
    try (FileChannel lock = HeldFiles.lock(folder.resolve(".lock"))) {
      sweepStagings(folder);
      for (Map.Entry<String, String> file : bundle.hashes().entrySet()) {
        Map<String, String> one = Map.of(file.getKey(), file.getValue());
        try (HeldFiles there = HeldFiles.hold(folder, one)) {
          if (there != null) {
            continue;
          }
        }
        // Unique without SecureRandom: native-lib-loader has the file deleted when its JVM ends.
        Path staging =
            folder.resolve(STAGING + ProcessHandle.current().pid() + "-" + System.nanoTime());
        try {
          Path extracted = extract(bundle, file.getKey(), staging);
          try (HeldFiles right = HeldFiles.hold(staging, one)) {
            if (right == null) {
              throw new IOException(bundle + " was damaged on its way to " + folder);
            }
          }
          Files.move(extracted, folder.resolve(file.getKey()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
          deleteWrittenInVain(staging);
        }
      }
    }
  }

  /** Throws no FileSystemException: a folder that cannot be written to will not change. */
  private static Path extract(NativeBundle bundle, String name, Path staging) throws IOException {
    try {
      Files.createDirectory(staging);
      return bundle.extract(name, staging);
    } catch (FileSystemException e) {
      throw new IOException("cannot be written: " + e, e);
    }
  }

  /** native-lib-loader leaves a file open that it could not write to its end, as on a full disk. */
  private static void deleteWrittenInVain(Path staging) {
    delete(staging);
    Stopwatch since = Stopwatch.createStarted();
    while (Files.exists(staging) && since.elapsed().compareTo(LAST_PATIENCE) < 0) {
      System.gc();
      Uninterruptibles.sleepUninterruptibly(PAUSE);
      delete(staging);
    }
  }

  /** What processes have left behind that died while extracting: the lock was theirs. */
  private static void sweepStagings(Path folder) {
    File[] stagings = folder.toFile().listFiles((parent, name) -> name.startsWith(STAGING));
    if (stagings != null) {
      for (File staging : stagings) {
        delete(staging.toPath());
      }
    }
  }

  /** Notes that a folder of this cache is used, and deletes those that nobody has used for long. */
  void sweep(Path used) {
    Instant now = Instant.now();
    try {
      Files.setLastModifiedTime(used, FileTime.from(now));
    } catch (IOException ignored) {
      // Then this cache is not ours to sweep.
      return;
    }
    long oldest = now.minus(UNUSED).toEpochMilli();
    File[] versions =
        root.toFile()
            .listFiles(
                file -> VERSION.matcher(file.getName()).matches() && file.lastModified() < oldest);
    if (versions != null) {
      for (File version : versions) {
        sweepVersion(version.toPath());
      }
    }
  }

  @SuppressWarnings("try") // The lock need only be open.
  private static void sweepVersion(Path version) {
    try (FileChannel lock = HeldFiles.lock(version.resolve(".lock"))) {
      sweepStagings(version);
    } catch (IOException ignored) {
      // Another process extracts into it: somebody uses it.
      return;
    }
    delete(version);
  }

  /**
   * Deletes a folder and the files in it, as far as it can be: the DLL first, and nothing if that
   * is loaded.
   */
  private static void delete(Path folder) {
    File[] files = folder.toFile().listFiles();
    if (files != null) {
      Arrays.sort(files, Comparator.comparing(file -> !file.getName().endsWith(".dll")));
      for (File file : files) {
        if (!file.delete()) {
          return;
        }
      }
    }
    boolean ignored = folder.toFile().delete();
  }
}
