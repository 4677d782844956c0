package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What a program is told of a Frame Server with faults; {@link SimulatorSwitchesTest} runs it. */
class Faults {
  private static final String SWITCHES = "MFVCAM_SIMULATOR_SWITCHES";
  private static final String CALL_FAILED = "RPC_S_CALL_FAILED";

  private static void assertLost(CameraLostException e, String operation) {
    assertEquals(operation, e.operation());
    assertTrue(e.getMessage().contains(CALL_FAILED), e.getMessage());
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = "activation=E_ACCESSDENIED")
  void theServiceCannotReadTheMediaSource() {
    try (VirtualCamera camera = Cameras.open()) {
      CameraAccessDeniedException e =
          assertThrows(CameraAccessDeniedException.class, camera::start);
      assertEquals("IMFVirtualCamera::Start", e.operation());
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = "activation=REGDB_E_CLASSNOTREG")
  void theMediaSourceIsNotRegistered() {
    try (VirtualCamera camera = Cameras.open()) {
      VirtualCameraException e = assertThrows(VirtualCameraException.class, camera::start);
      assertTrue(e.getMessage().contains("REGDB_E_CLASSNOTREG"), e.getMessage());
      assertTrue(e.getMessage().contains("regsvr32"), e.getMessage());
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = "activation-delay=.*")
  void aSlowMediaSourceIsWaitedFor() {
    try (VirtualCamera camera = Cameras.open()) {
      long began = System.nanoTime();
      camera.start();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      String delay = System.getenv(SWITCHES).replace("activation-delay=", "");
      // The system's clock ticks every 16 ms.
      assertTrue(took.toMillis() >= Long.parseLong(delay) - 16, took::toString);
      assertEquals(0, MfvcamSource.counters(camera).deliveries());
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = "dies-in=Start")
  void inStart() {
    try (VirtualCamera camera = Cameras.open()) {
      assertLost(assertThrows(CameraLostException.class, camera::start), "IMFVirtualCamera::Start");
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = "dies-in=GetMediaSource")
  void inGetMediaSource() {
    try (VirtualCamera camera = Cameras.started()) {
      assertLost(
          assertThrows(CameraLostException.class, camera::getMediaSource),
          "IMFVirtualCamera::GetMediaSource");
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = "dies-in=SendCameraProperty")
  void inSendCameraProperty() {
    try (VirtualCamera camera = Cameras.started()) {
      assertLost(
          assertThrows(CameraLostException.class, () -> camera.getProperty(MfvcamSource.COUNTERS)),
          "IMFVirtualCamera::SendCameraProperty");
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = "dies-in=CreateSyncEvent")
  void inCreateSyncEvent() {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset()) {
      assertLost(
          assertThrows(
              CameraLostException.class, () -> camera.createSyncEvent(Cameras.QUIET, event)),
          "IMFVirtualCamera::CreateSyncEvent");
    }
  }
}
