package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stop and remove do to what came from the camera. */
class StopAndRemoveTest {
  private static final KsEvent PING = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);

  private VirtualCamera camera;
  private SyncEvent event;

  @BeforeEach
  void start() {
    camera = Cameras.started();
    event = SyncEvent.autoReset();
  }

  @AfterEach
  void close() {
    event.close();
    camera.close();
  }

  @Test
  void stopKeepsSyncObjectsAndStartRegistersThemAgain() throws InterruptedException {
    try (CameraSyncObject sync = camera.createSyncEvent(PING, event)) {
      assertTrue(sync.await(Cameras.LONG));
      camera.stop();
      event.reset();
      // Longer than from one ping to the next.
      assertFalse(sync.await(Duration.ofMillis(1_200)));
      Background<Boolean> waiter = Background.startBlocking(() -> sync.await(Cameras.LONG));
      camera.start();
      assertTrue(waiter.result());
    }
  }

  @Test
  void aWaitGoesOnAcrossStopAndStart() {
    try (CameraSyncObject sync = camera.createSyncEvent(Cameras.DELIVERED, event)) {
      Background<Boolean> waiter = Background.startBlocking(() -> sync.await(Cameras.LONG));
      camera.stop();
      camera.start();
      try (MediaSource source = camera.getMediaSource();
          CameraReader reader = source.openReader(PixelFormat.NV12)) {
        assertTrue(reader.read(Cameras.LONG).isPresent());
        assertTrue(waiter.result());
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void removeEndsSyncObjectsAndReaders(boolean stoppedBefore) throws InterruptedException {
    try (CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event);
        MediaSource source = camera.getMediaSource();
        CameraReader reader = source.openReader(PixelFormat.NV12)) {
      assertTrue(reader.read(Cameras.LONG).isPresent());
      Background<Boolean> waiter = Background.startBlocking(() -> sync.await(Cameras.LONG));
      if (stoppedBefore) {
        camera.stop();
      }
      camera.remove();

      waiter.failure(CameraLostException.class);
      assertThrows(CameraLostException.class, () -> sync.await(Duration.ZERO));
      VirtualCameraException e =
          assertThrows(VirtualCameraException.class, () -> reader.read(Cameras.LONG));
      assertEquals(
          stoppedBefore ? "MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED" : "MFVCAM_E_CAMERA_LOST",
          e.hresultName());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void removedItStartsAnewForNewSyncObjects(boolean stoppedBefore) throws InterruptedException {
    try (CameraSyncObject before = camera.createSyncEvent(PING, event)) {
      if (stoppedBefore) {
        camera.stop();
      }
      camera.remove();
      // A signal goes before the end, and a ping may have come already.
      event.reset();
      camera.start();
      try (SyncEvent other = SyncEvent.autoReset();
          CameraSyncObject sync = camera.createSyncEvent(PING, other)) {
        assertTrue(sync.await(Cameras.LONG));
        assertThrows(CameraLostException.class, () -> before.await(Duration.ZERO));
      }
    }
  }
}
