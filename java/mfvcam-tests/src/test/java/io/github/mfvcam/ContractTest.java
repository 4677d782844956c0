package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.mfvcam.VirtualCamera.Lifetime;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules of native/tests/contract.md that no test of one class holds. */
class ContractTest {
  private static final UUID KEY = UUID.fromString("00000000-1111-2222-3333-444444444444");

  private static VirtualCamera.Builder camera(Lifetime lifetime) {
    return VirtualCamera.builder(MfvcamSource.CLASS_ID, "contract").lifetime(lifetime).reopen();
  }

  private static VirtualCamera started(Lifetime lifetime) {
    VirtualCamera camera = camera(lifetime).open();
    camera.start();
    return camera;
  }

  private static boolean isStarted(VirtualCamera camera) {
    try {
      camera.getMediaSource().close();
      return true;
    } catch (VirtualCameraException e) {
      assertEquals("IMFVirtualCamera::GetMediaSource", e.operation());
      return false;
    }
  }

  /** The same parameters are the same camera. */
  private static boolean isThere(Lifetime lifetime) {
    try (VirtualCamera camera = camera(lifetime).open()) {
      return isStarted(camera);
    }
  }

  @Test
  void aSessionCameraEndsWithItsObject() {
    VirtualCamera closed = started(Lifetime.SESSION);
    assertTrue(isThere(Lifetime.SESSION));
    closed.close();
    assertFalse(isThere(Lifetime.SESSION));

    try (VirtualCamera shutDown = started(Lifetime.SESSION)) {
      assertTrue(isThere(Lifetime.SESSION));
      shutDown.shutdown();
      assertFalse(isThere(Lifetime.SESSION));
    }
  }

  @Test
  void aSystemCameraStaysUntilItIsRemoved() {
    started(Lifetime.SYSTEM).close();
    assertTrue(isThere(Lifetime.SYSTEM));
    assertFalse(isThere(Lifetime.SESSION));
    try (VirtualCamera shutDown = camera(Lifetime.SYSTEM).open()) {
      shutDown.shutdown();
      assertTrue(isThere(Lifetime.SYSTEM));
    }
    try (VirtualCamera removed = camera(Lifetime.SYSTEM).open()) {
      removed.remove();
      assertFalse(isThere(Lifetime.SYSTEM));
    }
  }

  @Test
  void anObjectThatWasNeverStartedStopsAndRemovesTheCameraThatExists() {
    try (VirtualCamera first = started(Lifetime.SESSION);
        VirtualCamera second = camera(Lifetime.SESSION).open()) {
      second.stop();
      assertFalse(isStarted(first));
      first.start();
      assertTrue(isStarted(second));
      second.remove();
      assertFalse(isStarted(first));
    }
  }

  @Test
  void stopKeepsTheConfiguration() {
    try (VirtualCamera camera = camera(Lifetime.SESSION).open()) {
      camera.attributes().setInt(KEY, 7);
      camera.start();
      String link = camera.symbolicLink().orElseThrow();
      camera.stop();
      assertEquals(7, camera.attributes().getInt(KEY));
      camera.start();
      assertEquals(7, camera.attributes().getInt(KEY));
      assertEquals(link, camera.symbolicLink().orElseThrow());
    }
  }

  /** Undocumented: {@link SimulatorSwitchesTest} has each answer given. */
  @Test
  void whatIsAddedAfterStartIsTakenOrRefusedAsWindowsSays() {
    int expected =
        Cameras.simulatorSays("add-after-start=MF_E_INVALIDREQUEST")
            ? 0xC00D36B2
            : Cameras.simulatorSays("add-after-start=ERROR_INVALID_STATE")
                ? 0x8007139F
                : HResults.S_OK;
    try (VirtualCamera camera = started(Lifetime.SESSION)) {
      for (Executable add :
          ImmutableList.<Executable>of(
              () -> camera.addDeviceSourceInfo("\\\\?\\usb"),
              () ->
                  camera.addProperty(
                      DevicePropertyKey.FRIENDLY_NAME, DevicePropertyValue.ofString("a")),
              () -> camera.addRegistryEntry("a", null, RegistryValue.ofDword(1)))) {
        assertEquals(expected, resultOf(add));
      }
    }
  }

  private static int resultOf(Executable call) {
    try {
      call.execute();
      return HResults.S_OK;
    } catch (VirtualCameraException e) {
      return e.hresult();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** The answer is the media source's own. */
  @ParameterizedTest
  @EnumSource(KsProperty.Request.class)
  void eachRequestReachesTheMediaSource(KsProperty.Request request) {
    try (VirtualCamera camera = started(Lifetime.SESSION)) {
      VirtualCameraException e =
          assertThrows(
              VirtualCameraException.class,
              () ->
                  camera.sendProperty(
                      KsProperty.of(KEY, 1), request, new byte[] {1}, new byte[] {2}));
      assertEquals(0x80070492, e.hresult());
    }
  }

  @Test
  void theCamerasShutdownEndsAllItHasGiven() {
    try (VirtualCamera camera = started(Lifetime.SESSION);
        SyncEvent event = SyncEvent.autoReset();
        SyncSemaphore semaphore = SyncSemaphore.create(0, 9);
        CameraSyncObject one = camera.createSyncEvent(Cameras.QUIET, event);
        CameraSyncObject other = camera.createSyncSemaphore(Cameras.QUIET, semaphore, 1);
        MediaSource source = camera.getMediaSource();
        MediaSource unread = camera.getMediaSource();
        CameraReader reader = source.openReader(PixelFormat.NV12)) {
      camera.shutdown();

      for (CameraSyncObject sync : ImmutableList.of(one, other)) {
        assertEnded(() -> sync.await());
        assertEnded(() -> sync.await(Duration.ZERO));
        assertEnded(sync::poll);
        assertEnded(() -> sync.waitOnSignal(Duration.ZERO));
        assertEnded(sync::signalled);
        assertEnded(() -> sync.onSignal(time -> {}, Runnable::run));
        assertEnded(sync::comPointer);
        sync.shutdown();
      }
      assertEnded(() -> unread.openReader(PixelFormat.NV12));
      assertEnded(source::comPointer);
      assertEnded(() -> reader.read(Cameras.LONG));
    }
  }

  private static void assertEnded(Executable call) {
    CameraShutDownException e = assertThrows(CameraShutDownException.class, call);
    assertEquals(0xC00D3E85, e.hresult());
  }
}
