package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
  void installingItOnceMoreDoesNothing() {
    Simulator.install();
    Simulator.install();

    assertEquals("simulator", VirtualCameras.support().platform());
  }
}
