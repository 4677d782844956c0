package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What a program is told that cannot have what it wants; {@link SimulatorSwitchesTest} runs it. */
class Refusals {
  private static final String SWITCHES = "MFVCAM_SIMULATOR_SWITCHES";

  private static void assertNoObject(VirtualCameraException e, String operation) {
    assertEquals(operation, e.operation());
    assertTrue(e.getMessage().contains("MFVCAM_E_NO_OBJECT"), e.getMessage());
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = ".*null-object=MFCreateVirtualCamera.*")
  void noCamera() {
    assertNoObject(
        assertThrows(VirtualCameraException.class, Cameras::open), "MFCreateVirtualCamera");
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = ".*null-object=GetMediaSource.*")
  void noMediaSource() throws InterruptedException {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event)) {
      assertNoObject(
          assertThrows(VirtualCameraException.class, camera::getMediaSource),
          "IMFVirtualCamera::GetMediaSource");
      assertFalse(sync.await(Duration.ZERO));
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = ".*null-object=CreateSyncEvent.*")
  void noSyncEvent() {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset()) {
      assertNoObject(
          assertThrows(
              VirtualCameraException.class, () -> camera.createSyncEvent(Cameras.QUIET, event)),
          "IMFVirtualCamera::CreateSyncEvent");
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = ".*null-object=CreateSyncSemaphore.*")
  void noSyncSemaphore() {
    VirtualCameras.load();
    long[] out = {-1};
    assertEquals(0, MfVirtualCamera.createSemaphore(0, 9, null, out));
    long semaphore = out[0];
    assertEquals(
        0,
        MfVirtualCamera.createVirtualCamera(
            0,
            0,
            0,
            "flat",
            MfvcamSource.CLASS_ID.getMostSignificantBits(),
            MfvcamSource.CLASS_ID.getLeastSignificantBits(),
            null,
            0,
            out));
    long camera = out[0];
    assertEquals(0, MfVirtualCamera.start(camera));
    int hresult =
        MfVirtualCamera.createSyncSemaphore(
            camera,
            MfvcamSource.EVENT_SET.getMostSignificantBits(),
            MfvcamSource.EVENT_SET.getLeastSignificantBits(),
            0,
            1,
            semaphore,
            1,
            out);
    assertTrue(HResults.describe(hresult).contains("MFVCAM_E_NO_OBJECT"));
    assertEquals(0, out[0]);
    assertEquals(0, MfVirtualCamera.release(camera));
    assertEquals(0, MfVirtualCamera.closeHandle(semaphore));
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = ".*administrator=no.*")
  void notAnAdministrator() {
    VirtualCamera.Builder everybodys =
        VirtualCamera.builder(MfvcamSource.CLASS_ID, "everybody's")
            .access(VirtualCamera.Access.ALL_USERS);

    CameraAccessDeniedException e =
        assertThrows(CameraAccessDeniedException.class, everybodys::open);
    assertEquals("MFCreateVirtualCamera", e.operation());
    VirtualCamera.Builder unusual =
        VirtualCamera.builder(MfvcamSource.CLASS_ID, "unusual").categories(MfvcamSource.EVENT_SET);
    assertThrows(CameraAccessDeniedException.class, unusual::open);
    try (VirtualCamera own = Cameras.open()) {
      DevicePropertyValue text = DevicePropertyValue.ofString("a");
      assertThrows(
          CameraAccessDeniedException.class,
          () -> own.addProperty(DevicePropertyKey.FRIENDLY_NAME, text));
      assertThrows(
          CameraAccessDeniedException.class,
          () -> own.addRegistryEntry("a", null, RegistryValue.ofDword(1)));
      own.addDeviceSourceInfo("\\\\?\\usb");
      own.start();
      own.stop();
      own.remove();
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = ".*camera-access=E_ACCESSDENIED.*")
  void noAccessToCameras() {
    assertThrows(CameraAccessDeniedException.class, Cameras::open);
    assertFalse(VirtualCameras.support().isSupported());
    assertEquals(0x80070005, VirtualCameras.support().hresult());
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = ".*type-supported=no.*")
  void noSupport() {
    assertFalse(VirtualCameras.support().isSupported());
    assertEquals(0x80070032, VirtualCameras.support().hresult());
  }

  @Test
  @EnabledIfEnvironmentVariable(named = SWITCHES, matches = "wait-timeout=perhaps")
  void aWrongEnvironment() {
    VirtualCameraException e = assertThrows(VirtualCameraException.class, Cameras::open);
    assertEquals(0x8007000A, e.hresult());
  }
}
