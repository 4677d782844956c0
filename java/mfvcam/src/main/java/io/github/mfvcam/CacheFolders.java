package io.github.mfvcam;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** Where DLLs may be extracted to. */
final class CacheFolders {
  private CacheFolders() {}

  /** The folders, best first; they need not be there, nor even be paths. */
  static List<String> all() {
    String chosen = System.getProperty("mfvcam.cache.dir");
    if (chosen != null) {
      return ImmutableList.of(chosen);
    }
    ImmutableList.Builder<String> folders = ImmutableList.builder();
    String local = System.getenv("LOCALAPPDATA");
    if (local != null) {
      folders.add(local + "\\mfvcam");
    }
    return folders
        .add(System.getProperty("user.home") + "\\.mfvcam")
        .add(System.getProperty("java.io.tmpdir") + "\\mfvcam_" + System.getProperty("user.name"))
        .build();
  }
}
