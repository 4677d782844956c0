package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
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

  /** Printed, too: the times of whatever machine this is. */
  @RepeatedTest(5)
  void itsDeathIsToldWithinASecondAndANewCameraWorksRightAfter() throws InterruptedException {
    long death;
    try (VirtualCamera camera = Cameras.started();
        SyncEvent one = SyncEvent.autoReset();
        SyncEvent other = SyncEvent.autoReset();
        CameraSyncObject awaited = camera.createSyncEvent(Cameras.QUIET, one);
        CameraSyncObject waitedOn = camera.createSyncEvent(Cameras.QUIET, other);
        MediaSource source = camera.getMediaSource();
        CameraReader reader = source.openReader(PixelFormat.NV12)) {
      assertTrue(reader.read(Cameras.LONG).isPresent());
      Background<Long> await = Background.startBlocking(() -> lostAt(awaited::await));
      Background<Long> waitOnSignal =
          Background.startBlocking(() -> lostAt(waitedOn::waitOnSignal));
      Background<Long> read = Background.start(() -> lostAt(reader::read));

      death = System.nanoTime();
      SimulatorFaults.killHost(camera);

      toldWithinASecond("await", death, await.result());
      toldWithinASecond("waitOnSignal", death, waitOnSignal.result());
      toldWithinASecond("read", death, read.result());
    }
    wakesUp();
    millisAfter(death, "a new camera", System.nanoTime());
  }

  private interface Wait {
    Object until(Duration timeout) throws InterruptedException;
  }

  /** When the wait, over and over, was told. */
  private static long lostAt(Wait wait) throws InterruptedException {
    while (true) {
      try {
        wait.until(Cameras.LONG);
      } catch (CameraLostException e) {
        return System.nanoTime();
      }
    }
  }

  private static void toldWithinASecond(String what, long death, long told) {
    long millis = millisAfter(death, what, told);
    assertTrue(millis < 1_000, what + " took " + millis + " ms");
  }

  private static long millisAfter(long death, String what, long time) {
    long millis = TimeUnit.NANOSECONDS.toMillis(time - death);
    System.out.println(what + ": " + millis + " ms after the death of the host");
    return millis;
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
