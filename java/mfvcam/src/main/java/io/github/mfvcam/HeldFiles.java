package io.github.mfvcam;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Verified files, held open so that nobody can write to, replace or delete them until this is
 * closed.
 */
final class HeldFiles implements AutoCloseable {
  private final List<FileChannel> channels = new ArrayList<>();

  private HeldFiles() {}

  /**
   * Holds all files, or none if one is missing or another than it should be.
   *
   * @param hashes the files' names, with their SHA-256
   * @return null if there are not all of them
   * @throws IOException if a file cannot be held, such as while another process writes to it
   */
  static HeldFiles hold(Path folder, Map<String, String> hashes) throws IOException {
    HeldFiles held = new HeldFiles();
    boolean all = false;
    try {
      for (Map.Entry<String, String> each : hashes.entrySet()) {
        if (!held.holds(folder.resolve(each.getKey()), each.getValue())) {
          return null;
        }
      }
      all = true;
      return held;
    } finally {
      if (!all) {
        held.close();
      }
    }
  }

  private boolean holds(Path file, String sha256) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            extendedOption("NOSHARE_WRITE"),
            extendedOption("NOSHARE_DELETE"));
    channels.add(channel);
    HashingInputStream content =
        new HashingInputStream(Hashing.sha256(), Channels.newInputStream(channel));
    ByteStreams.exhaust(content);
    return content.hash().toString().equals(sha256);
  }

  /**
   * A file that exists as long as one process has it open, and no other process can: a lock that is
   * gone with a process that dies.
   *
   * @throws IOException if another has it
   */
  static FileChannel lock(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE,
        extendedOption("NOSHARE_READ"),
        extendedOption("NOSHARE_WRITE"),
        extendedOption("NOSHARE_DELETE"));
  }

  /**
   * One of com.sun.nio.file.ExtendedOpenOption. The module jdk.unsupported exports it, but javac
   * warns of the name, whatever it is told.
   */
  private static OpenOption extendedOption(String name) throws IOException {
    try {
      Class<?> options = Class.forName("com.sun.nio.file.ExtendedOpenOption");
      return (OpenOption) options.getField(name).get(null);
    } catch (ReflectiveOperationException e) {
      throw new IOException("this Java runtime lacks the module jdk.unsupported", e);
    }
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels) {
      channel.close();
    }
  }
}
