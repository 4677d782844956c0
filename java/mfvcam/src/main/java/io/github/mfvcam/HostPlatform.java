package io.github.mfvcam;

/** Which of the jar's DLLs fit the JVM. */
final class HostPlatform {
  private HostPlatform() {}

  /** The folder of the DLLs under {@code natives/}, by the exact values of os.name and os.arch. */
  static String folder(String osName, String osArch) {
    boolean windows = osName.startsWith("Windows");
    if (windows && (osArch.equals("amd64") || osArch.equals("x86_64"))) {
      return "windows_64";
    }
    String seen = " (os.name is \"" + osName + "\", os.arch is \"" + osArch + "\")";
    throw HResults.failure(
        HResults.CREATE_VIRTUAL_CAMERA,
        HResults.NOT_SUPPORTED,
        windows
            ? "mfvcam has no DLLs for this processor, only for x64" + seen
            : "virtual cameras need a JVM on Windows; elsewhere run a Windows JVM under Wine, with"
                + " mfvcam-simulator"
                + seen);
  }
}
