package io.github.mfvcam;

import java.util.ArrayList;
import java.util.List;

/** Where DLLs may be extracted to. */
final class CacheFolders {
  private CacheFolders() {}

  /** Whether the folders are our choice, so that nobody else has a use for them. */
  static boolean areOurs() {
    return chosen() == null;
  }

  private static String chosen() {
    return System.getProperty("mfvcam.cache.dir");
  }

  /** The folders, best first; they need not be there, nor even be paths. */
  static List<String> all() {
    String chosen = chosen();
    if (chosen != null) {
      return List.of(chosen);
    }
    List<String> folders = new ArrayList<>();
    String local = System.getenv("LOCALAPPDATA");
    if (local != null) {
      folders.add(local + "\\mfvcam");
    }
    folders.add(System.getProperty("user.home") + "\\.mfvcam");
    folders.add(
        System.getProperty("java.io.tmpdir") + "\\mfvcam_" + System.getProperty("user.name"));
    return folders;
  }
}
