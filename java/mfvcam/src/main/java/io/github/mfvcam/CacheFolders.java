package io.github.mfvcam;

import java.util.ArrayList;
import java.util.List;

/** Where DLLs may be extracted to. */
final class CacheFolders {
  private CacheFolders() {}

  /** The folders, best first; they need not be there, nor even be paths. */
  static List<String> all() {
    String chosen = System.getProperty("mfvcam.cache.dir");
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
