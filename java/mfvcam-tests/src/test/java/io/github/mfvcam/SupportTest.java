package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.simulator.Simulator;
import org.junit.jupiter.api.Test;

class SupportTest {
  @Test
  void theSimulatorSupportsCamerasAndSaysWhoItIs() {
    CameraSupport support = VirtualCameras.support();

    assertTrue(support.isSupported(), support.reason());
    assertTrue(VirtualCameras.isSupported());
    assertEquals("simulator", support.platform());
    assertEquals("", support.reason());
    assertEquals("supported by simulator", support.toString());
  }

  @Test
  void theSimulatorSaysWhichJvmsItIsFor() {
    String arch = System.getProperty("os.arch");
    try {
      System.setProperty("os.arch", "aarch64");
      UnsupportedOperationException e =
          assertThrows(UnsupportedOperationException.class, new Simulator()::libraryResource);
      assertEquals(
          "the simulator has DLLs for x64 JVMs only, and this JVM's os.arch is \"aarch64\"; run an"
              + " x64 JVM",
          e.getMessage());
    } finally {
      System.setProperty("os.arch", arch);
    }
  }

  @Test
  void installingItOnceMoreDoesNothing() {
    Simulator.install();
    Simulator.install();

    assertEquals("simulator", VirtualCameras.support().platform());
  }
}
