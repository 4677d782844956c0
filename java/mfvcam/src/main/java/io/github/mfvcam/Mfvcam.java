package io.github.mfvcam;

/**
 * The library itself.
 *
 * @since 0.1
 */
public final class Mfvcam {
  private Mfvcam() {}

  /**
   * How mfvcam.dll and the platform were loaded, or what was tried in vain. Loads nothing by
   * itself: call {@link VirtualCameras#load} first. Never throws.
   *
   * @return the report of the last attempt
   */
  public static LoadReport loadReport() {
    return NativeLibrary.report();
  }
}
