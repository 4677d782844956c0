package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("anywhere")
class HostPlatformTest {
  @ParameterizedTest
  @CsvSource({
    "Windows 11, amd64, natives/windows_64",
    "Windows 10, x86_64, natives/windows_64",
    "Windows Server 2025, amd64, natives/windows_64",
    "Windows 11, x86, natives/windows_32",
    "Windows 11, aarch64, natives/windows_arm64",
  })
  void windowsHasDlls(String osName, String osArch, String folder) {
    assertEquals(folder, HostPlatform.folder(osName, osArch));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, need a JVM on Windows",
    "Mac OS X, aarch64, need a JVM on Windows",
    "windows, amd64, need a JVM on Windows",
    "Windows 11, arm, no DLLs for this processor",
    "Windows 11, ia64, no DLLs for this processor",
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

  @ParameterizedTest
  @CsvSource({
    "0x8664, natives/windows_64",
    "0x14C, natives/windows_32",
    "0xAA64, natives/windows_arm64",
  })
  void theMediaSourceIsTheMachines(String machine, String folder) {
    assertEquals(folder, HostPlatform.folder(Integer.decode(machine)));
  }

  /** Whichever the jar has; x64's it always has. */
  @ParameterizedTest
  @CsvSource({"0x8664, true", "0x14C, false", "0xAA64, false"})
  void theDllsOfAFolderAreOfItsMachineAndOfOneBuild(String machine, boolean always)
      throws IOException {
    String folder = HostPlatform.folder(Integer.decode(machine));
    assertEquals(
        NativeBundle.text(HostPlatform.class, HostPlatform.folder(0x8664) + "/build-id.txt"),
        NativeBundle.text(HostPlatform.class, folder + "/build-id.txt"));
    for (String name : new String[] {"/mfvcam.dll", "/mfvcam-source.dll"}) {
      InputStream stream = HostPlatform.class.getResourceAsStream("/" + folder + name);
      assertTrue(stream != null || !always, folder + name);
      if (stream != null) {
        try (stream) {
          byte[] dll = stream.readAllBytes();
          assertEquals(Integer.decode(machine), machineOf(dll), folder + name);
          assertEquals(
              NativeBundle.text(HostPlatform.class, folder + name + ".sha256"),
              Hashing.sha256().hashBytes(dll).toString());
        }
      }
    }
  }

  /** Where the PE header begins is at 0x3C; the machine follows its first four bytes. */
  static int machineOf(byte[] dll) {
    ByteBuffer header = ByteBuffer.wrap(dll).order(ByteOrder.LITTLE_ENDIAN);
    return Short.toUnsignedInt(header.getShort(header.getInt(0x3C) + 4));
  }

  @Test
  void anUnknownMachineIsNamed() {
    VirtualCameraException e =
        assertThrows(VirtualCameraException.class, () -> HostPlatform.folder(0x1C4));

    assertEquals(HResults.NOT_SUPPORTED, e.hresult());
    assertTrue(e.getMessage().contains("machine type is 0x1c4"), e.getMessage());
  }
}
