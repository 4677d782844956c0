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

  /** The only folder, if there is one. */
  static String chosen() {
    return System.getProperty("mfvcam.cache.dir");
  }

  /** The folders, best first; they need not be there, nor even be paths. */
  static List<String> all() {
    String chosen = chosen();
    if (chosen != null) {
      return List.of(chosen);
    }
    List<String> folders = new ArrayList<>();
    addIn(folders, System.getenv("LOCALAPPDATA"), "mfvcam");
    addIn(folders, System.getProperty("user.home"), ".mfvcam");
    folders.add(
        System.getProperty("java.io.tmpdir") + "\\mfvcam_" + System.getProperty("user.name"));
    return folders;
  }

  /** Without a parent it would be in the root of whatever drive is the current one. */
  private static void addIn(List<String> folders, String parent, String name) {
    if (parent != null && !parent.isEmpty()) {
      folders.add(parent + "\\" + name);
    }
  }
}
