import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * {@code java Zip.java FOLDER OUT.ZIP}: packs a folder, its name included, so that equal files make
 * equal zips on every machine: names in order, one time for all, and nothing compressed, since not
 * every zlib compresses alike. CMake's own zips hold times of access and users.
 */
final class Zip {
  /** The first that needs no time zone. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private Zip() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]).toAbsolutePath().normalize();
    Path target = Path.of(args[1]);
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    try (OutputStream out = Files.newOutputStream(unfinished);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (var file : files(folder).entrySet()) {
        add(zip, file.getKey(), Files.readAllBytes(file.getValue()));
      }
    }
    Files.move(unfinished, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /** By their names in the zip. */
  private static TreeMap<String, Path> files(Path folder) throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.walk(folder)) {
      found = all.filter(Files::isRegularFile).collect(Collectors.toList());
    }
    TreeMap<String, Path> files = new TreeMap<>();
    for (Path file : found) {
      String name = folder.getParent().relativize(file).toString();
      files.put(name.replace('\\', '/'), file);
    }
    return files;
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
