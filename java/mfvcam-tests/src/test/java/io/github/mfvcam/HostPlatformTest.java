package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("anywhere")
class HostPlatformTest {
  @ParameterizedTest
  @CsvSource({"Windows 11, amd64", "Windows 10, x86_64", "Windows Server 2025, amd64"})
  void windowsOnX64HasDlls(String osName, String osArch) {
    assertEquals("windows_64", HostPlatform.folder(osName, osArch));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, need a JVM on Windows",
    "Mac OS X, aarch64, need a JVM on Windows",
    "windows, amd64, need a JVM on Windows",
    "Windows 11, aarch64, no DLLs for this processor",
    "Windows 11, x86, no DLLs for this processor",
    "Windows 11, AMD64, no DLLs for this processor",
  })
  void elsewhereTheReasonNamesBothValues(String osName, String osArch, String reason) {
    CameraUnsupportedException e =
        assertThrows(CameraUnsupportedException.class, () -> HostPlatform.folder(osName, osArch));

    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertTrue(
        e.getMessage().endsWith("(os.name is \"" + osName + "\", os.arch is \"" + osArch + "\")"),
        e.getMessage());
  }
}
