package io.github.mfvcam;

import com.google.common.hash.Hashing;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A DLL in a jar, with what it wants beside it, each with its SHA-256. Immutable. */
final class NativeBundle {
  /** Characters of a hash that tell versions apart. */
  private static final int ID_LENGTH = 16;

  private final Class<?> anchor;
  private final String folder;
  private final String dll;
  private final Map<String, String> hashes;

  /**
   * Reads the hashes.
   *
   * @param anchor a class of the loader that has the resources
   * @param resource such as {@code natives/windows_64/mfvcam.dll}, with {@code .sha256} beside it
   * @param companions resources of the same folder, with a hash too
   */
  NativeBundle(Class<?> anchor, String resource, List<String> companions) throws IOException {
    if (!resource.startsWith("natives/") || !resource.endsWith(".dll")) {
      throw new IOException(resource + " is not of the form natives/<folder>/<name>.dll");
    }
    this.anchor = anchor;
    folder = resource.substring(0, resource.lastIndexOf('/') + 1);
    dll = resource.substring(folder.length());
    Map<String, String> found = new LinkedHashMap<>();
    found.put(dll, hash(anchor, resource));
    for (String companion : companions) {
      if (!companion.startsWith(folder) || companion.indexOf('/', folder.length()) >= 0) {
        throw new IOException(companion + " is not in the folder of " + resource);
      }
      found.put(companion.substring(folder.length()), hash(anchor, companion));
    }
    hashes = Collections.unmodifiableMap(found);
  }

  private static String hash(Class<?> anchor, String resource) throws IOException {
    String sha256 = text(anchor, resource + ".sha256");
    if (sha256.length() != 64) {
      throw new IOException(resource + ".sha256 holds no SHA-256");
    }
    return sha256;
  }

  /** What tells this version from all others, in hexadecimal digits. */
  String id() {
    String all = String.join("", hashes.values());
    return Hashing.sha256()
        .hashString(all, StandardCharsets.US_ASCII)
        .toString()
        .substring(0, ID_LENGTH);
  }

  /** The name of the DLL's file. */
  String dll() {
    return dll;
  }

  /** The names of all files, with their SHA-256. */
  Map<String, String> hashes() {
    return hashes;
  }

  /** Writes one of the files to a folder, as it is in the jar. */
  Path extract(String name, Path target) throws IOException {
    String resource = folder + name;
    if (name.endsWith(".dll")) {
      return NativeLibLoader.extract(anchor, resource, target.toFile()).toPath();
    }
    // native-lib-loader knows only DLLs.
    Path file = target.resolve(name);
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

  @Override
  public String toString() {
    return folder + dll;
  }
}
