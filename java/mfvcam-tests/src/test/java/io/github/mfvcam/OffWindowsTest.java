package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.simulator.Simulator;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("anywhere")
@DisabledOnOs(OS.WINDOWS)
class OffWindowsTest {
  @Test
  void askingIsAllowedAndSaysWhyNot() {
    CameraSupport support = VirtualCameras.support();

    assertFalse(support.isSupported());
    assertFalse(VirtualCameras.isSupported());
    assertEquals(HResults.NOT_SUPPORTED, support.hresult());
    assertTrue(support.reason().contains("need a JVM on Windows"), support.reason());
    assertTrue(support.reason().contains(System.getProperty("os.name")), support.reason());
  }

  @Test
  void theReportSaysWhyNot() {
    assertThrows(CameraUnsupportedException.class, VirtualCameras::load);

    LoadReport report = Mfvcam.loadReport();
    assertFalse(report.isLoaded());
    assertEquals(Optional.empty(), report.library());
    assertTrue(report.failure().orElseThrow() instanceof CameraUnsupportedException);
    assertTrue(report.toString().contains("need a JVM on Windows"), report.toString());
  }

  @Test
  void whateverNeedsTheDllThrows() {
    VirtualCamera.Builder builder = VirtualCamera.builder(MfvcamSource.CLASS_ID, "camera");

    assertThrows(CameraUnsupportedException.class, builder::open);
    assertThrows(CameraUnsupportedException.class, SyncEvent::autoReset);
    assertThrows(CameraUnsupportedException.class, SyncEvent::manualReset);
    assertThrows(CameraUnsupportedException.class, () -> SyncEvent.borrow(1));
    assertThrows(CameraUnsupportedException.class, VirtualCameras::load);
    assertThrows(CameraUnsupportedException.class, VirtualCameras::systemTime);
    assertThrows(CameraUnsupportedException.class, VirtualCameras::ledger);
    assertThrows(CameraUnsupportedException.class, MfvcamSource::library);
    assertThrows(CameraUnsupportedException.class, Simulator::install);
  }
}
