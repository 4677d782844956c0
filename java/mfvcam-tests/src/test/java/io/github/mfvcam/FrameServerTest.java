package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** What a program is told when the process of its media sources dies. */
@DisabledIf("inProcess")
class FrameServerTest {

  static boolean inProcess() {
    return Cameras.simulatorSays("hosting=in-process");
  }

  @Test
  void theMediaSourceLivesInAnotherProcess() {
    try (VirtualCamera camera = Cameras.started()) {
      long host = MfvcamSource.counters(camera).processId();

      assertNotEquals(ProcessHandle.current().pid(), host);
      assertTrue(host > 0, "process " + host);
    }
  }

  @Test
  void itsDeathEndsWaitsWithANamedExceptionAndANewCameraWorks() throws InterruptedException {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event);
        MediaSource source = camera.getMediaSource();
        CameraReader reader = source.openReader(PixelFormat.NV12)) {
      assertTrue(reader.read(Cameras.LONG).isPresent());
      Background<Boolean> waiting = Background.startBlocking(() -> sync.await(Cameras.LONG));

      SimulatorFaults.killHost(camera);

      CameraLostException lost = waiting.failure(CameraLostException.class);
      assertTrue(lost.getMessage().contains("MFVCAM_E_CAMERA_LOST"), lost.getMessage());
      CameraLostException failed =
          assertThrows(CameraLostException.class, () -> MfvcamSource.counters(camera));
      assertTrue(failed.getMessage().contains("0x80"), failed.getMessage());
    }
    wakesUp();
  }

  @Test
  void aDeadSourceIsTold() throws InterruptedException {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event);
        MediaSource source = camera.getMediaSource();
        CameraReader reader = source.openReader(PixelFormat.NV12)) {
      assertTrue(reader.read(Cameras.LONG).isPresent());

      SimulatorFaults.invalidateSource(camera);

      assertThrows(CameraLostException.class, () -> sync.await(Cameras.LONG));
      // As the media source says it, or as the camera does: whoever is first.
      assertThrows(VirtualCameraException.class, () -> readToTheEnd(reader));
    }
    wakesUp();
  }

  private static void readToTheEnd(CameraReader reader) throws InterruptedException {
    Optional<VideoFrame> frame;
    do {
      frame = reader.read(Cameras.LONG);
    } while (frame.isPresent());
  }

  private static void wakesUp() throws InterruptedException {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync =
            camera.createSyncEvent(MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE), event)) {
      assertTrue(sync.await(Cameras.LONG));
    }
  }
}
