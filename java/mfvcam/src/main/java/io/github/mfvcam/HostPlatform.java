package io.github.mfvcam;

/** Which of the jar's DLLs fit the JVM, and which the machine. */
final class HostPlatform {
  private static final String NATIVES = "natives/";

  // IMAGE_FILE_MACHINE_*, as Windows numbers processors.
  private static final int I386 = 0x014C;
  private static final int AMD64 = 0x8664;
  private static final int ARM64 = 0xAA64;

  private HostPlatform() {}

  /** The folder of this JVM's DLLs in the jar, by the exact values of os.name and os.arch. */
  static String folder() {
    return folder(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static String folder(String osName, String osArch) {
    boolean windows = osName.startsWith("Windows");
    if (windows) {
      switch (osArch) {
        case "amd64":
        case "x86_64":
          return NATIVES + "windows_64";
        case "x86":
          return NATIVES + "windows_32";
        case "aarch64":
          return NATIVES + "windows_arm64";
        default:
          break;
      }
    }
    String seen = " (os.name is \"" + osName + "\", os.arch is \"" + osArch + "\")";
    throw HResults.failure(
        HResults.CREATE_VIRTUAL_CAMERA,
        HResults.NOT_SUPPORTED,
        windows
            ? "mfvcam has no DLLs for this processor, only for x64, x86 and ARM64" + seen
            : "virtual cameras need a JVM on Windows; elsewhere run a Windows JVM under Wine, with"
                + " mfvcam-simulator"
                + seen);
  }

  /**
   * The folder of what a process of the machine's own architecture loads: this JVM may be one of
   * another, which Windows emulates.
   *
   * @param machine what {@code mfvcam_native_machine} says
   */
  static String folder(int machine) {
    switch (machine) {
      case AMD64:
        return NATIVES + "windows_64";
      case I386:
        return NATIVES + "windows_32";
      case ARM64:
        return NATIVES + "windows_arm64";
      default:
        throw HResults.failure(
            "IsWow64Process2",
            HResults.NOT_SUPPORTED,
            "mfvcam has no media source for this processor, only for x64, x86 and ARM64 (its"
                + " machine type is 0x"
                + Integer.toHexString(machine)
                + ")");
    }
  }
}
