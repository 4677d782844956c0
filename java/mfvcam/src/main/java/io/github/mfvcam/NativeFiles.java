package io.github.mfvcam;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DLLs and programs from jars in a folder of this user, each extracted once and verified every
 * time. File names are fixed, because Windows cannot delete a DLL that is loaded.
 */
final class NativeFiles {
  private static final String PREFIX = "natives/";

  /** Characters of the hash that tell the versions of a DLL apart. */
  private static final int VERSION_LENGTH = 16;

  private static final Pattern STAGING = Pattern.compile("\\.staging-(\\d{1,18})-.*");

  private static final AtomicInteger STAGINGS = new AtomicInteger();

  private final Path cache;

  NativeFiles(Path cache) {
    this.cache = cache;
  }

  /**
   * The file of a DLL.
   *
   * @param anchor a class of the loader that has the resources
   * @param resource such as {@code natives/windows_64/mfvcam.dll}, with a hash beside it
   * @param companions resources of the same folder, with a hash too, whose files will lie beside it
   */
  Path provide(Class<?> anchor, String resource, List<String> companions) throws IOException {
    if (!resource.startsWith(PREFIX) || !resource.endsWith(".dll")) {
      throw new IOException(resource + " is not of the form " + PREFIX + "<folder>/<name>.dll");
    }
    String folder = resource.substring(0, resource.lastIndexOf('/') + 1);
    Map<String, String> hashes = new LinkedHashMap<>();
    for (String each : Iterables.concat(ImmutableList.of(resource), companions)) {
      String sha256 = text(anchor, each + ".sha256");
      if (sha256.length() != 64) {
        throw new IOException(each + ".sha256 holds no SHA-256");
      }
      if (!each.startsWith(folder) || each.indexOf('/', folder.length()) >= 0) {
        throw new IOException(each + " is not in the folder of " + resource);
      }
      hashes.put(each, sha256);
    }
    Path version = cache.resolve(versionOf(hashes.values()));
    for (Map.Entry<String, String> each : hashes.entrySet()) {
      Path target = version.resolve(each.getKey().substring(PREFIX.length()));
      if (!hasHash(target, each.getValue())) {
        extract(anchor, each.getKey(), each.getValue(), target);
      }
    }
    return version.resolve(resource.substring(PREFIX.length()));
  }

  /** One file: its hash. More: theirs, hashed. */
  private static String versionOf(Collection<String> hashes) {
    String all = String.join("", hashes);
    String hash =
        hashes.size() == 1
            ? all
            : Hashing.sha256().hashString(all, StandardCharsets.US_ASCII).toString();
    return hash.substring(0, VERSION_LENGTH);
  }

  private static void extract(Class<?> anchor, String resource, String sha256, Path target)
      throws IOException {
    // Unique without SecureRandom, which createTempDirectory would seed.
    Path staging =
        target.resolveSibling(
            ".staging-"
                + ProcessHandle.current().pid()
                + "-"
                + System.nanoTime()
                + "-"
                + STAGINGS.incrementAndGet());
    Files.createDirectories(staging);
    sweepStagings(staging.getParent());
    try {
      Path file =
          resource.endsWith(".dll")
              ? NativeLibLoader.extract(anchor, resource, staging.toFile()).toPath()
              : copy(anchor, resource, staging);
      if (!hasHash(file, sha256)) {
        throw new IOException(resource + " was damaged on its way to " + file);
      }
      moveIntoPlace(file, target, sha256);
    } finally {
      deleteFolder(staging);
    }
  }

  private static void moveIntoPlace(Path file, Path target, String sha256) throws IOException {
    try {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another process may have been faster, and have it loaded.
      if (!hasHash(target, sha256)) {
        throw new IOException(
            target + " is not the DLL of this jar and cannot be replaced: " + e, e);
      }
    }
  }

  private static boolean hasHash(Path file, String sha256) throws IOException {
    return Files.isRegularFile(file)
        && MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString().equals(sha256);
  }

  /** What processes have left behind that died while extracting. */
  private static void sweepStagings(Path folder) {
    File[] stagings = folder.toFile().listFiles((parent, name) -> STAGING.matcher(name).matches());
    if (stagings == null) {
      return;
    }
    for (File staging : stagings) {
      Matcher name = STAGING.matcher(staging.getName());
      if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
        deleteFolder(staging.toPath());
      }
    }
  }

  /** As far as it can be: a virus scanner may hold a file, and the next extraction tries again. */
  private static void deleteFolder(Path folder) {
    File[] files = folder.toFile().listFiles();
    if (files != null) {
      for (File file : files) {
        boolean ignored = file.delete();
      }
    }
    boolean ignored = folder.toFile().delete();
  }

  /** native-lib-loader knows only DLLs. */
  private static Path copy(Class<?> anchor, String resource, Path folder) throws IOException {
    Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    try (InputStream in = open(anchor, resource)) {
      Files.copy(in, file);
    }
    return file;
  }

  /** A small resource, without the white space around it. */
  static String text(Class<?> anchor, String resource) throws IOException {
    try (InputStream in = open(anchor, resource)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim();
    }
  }

  private static InputStream open(Class<?> anchor, String resource) throws IOException {
    URL url = anchor.getClassLoader().getResource(resource);
    if (url == null) {
      throw new FileNotFoundException("the jar of " + anchor.getName() + " lacks " + resource);
    }
    URLConnection connection = url.openConnection();
    // A cached jar would stay open.
    connection.setUseCaches(false);
    return connection.getInputStream();
  }
}
