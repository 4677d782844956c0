package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is closed here. */
class ForgottenObjectsTest {
  private static final int MANY = 20_000;

  @Test
  void theGarbageCollectorReleasesThem() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      forgetOneOfEach("forgotten " + round);
    }

    Eventually.holdsAfterCollection(
        () -> Ownership.liveObjects() == 0 && VirtualCameras.ledger().isEmpty(),
        () -> Ownership.liveObjects() + " in Java; " + VirtualCameras.ledger());
  }

  /** In a method of its own, so that no local variable keeps them. */
  private static void forgetOneOfEach(String name) throws InterruptedException {
    VirtualCamera camera = VirtualCamera.builder(MfvcamSource.CLASS_ID, name).open();
    camera.start();
    CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, SyncEvent.autoReset());
    CameraReader reader = camera.getMediaSource().openReader(PixelFormat.NV12);
    assertTrue(reader.read(Cameras.LONG).isPresent());
    assertFalse(sync.await(Duration.ZERO));
  }

  @Test
  void aChildKeepsItsParents() throws InterruptedException {
    useChildrenOfForgottenCameras();

    Eventually.holdsAfterCollection(
        () -> Ownership.liveObjects() == 0, () -> Ownership.liveObjects() + " in Java");
  }

  private static void useChildrenOfForgottenCameras() throws InterruptedException {
    try (SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = syncObjectOfAForgottenCamera(event);
        CameraReader reader = readerOfAForgottenCamera()) {
      // The event; the sync object and its camera; the reader, its source and its camera.
      collectGarbageBut(6);

      assertFalse(sync.await(Duration.ZERO));
      assertTrue(reader.read(Cameras.LONG).isPresent());
      assertEquals(2, VirtualCameras.ledger().cameras());
    }
  }

  @Test
  void aWaitKeepsItsCamera() {
    try (SyncEvent event = SyncEvent.autoReset()) {
      Background<Boolean> wait =
          Background.start(() -> syncObjectOfAForgottenCamera(event).await(Cameras.LONG));
      // The event; the sync object and its camera.
      Eventually.holds(
          () -> Ownership.liveObjects() == 3 && VirtualCameras.ledger().calls() > 0,
          () -> "nobody waits");
      collectGarbageBut(3);
      assertEquals(1, VirtualCameras.ledger().cameras());

      event.set();
      assertTrue(wait.result());
    }
    Eventually.holdsAfterCollection(
        () -> Ownership.liveObjects() == 0, () -> Ownership.liveObjects() + " in Java");
  }

  /** The simulator has counted them, too: what the library says of itself is not all. */
  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void twentyThousandSyncObjectsAreShutDownAndReleased() {
    // All live on: a camera's end would be the end of its sync objects. Two, because our media
    // source takes 16,384 registrations, and the collector comes when it likes.
    try (VirtualCamera one = Cameras.started();
        VirtualCamera other = VirtualCamera.builder(MfvcamSource.CLASS_ID, "other").open();
        SyncEvent event = SyncEvent.autoReset()) {
      other.start();
      SimulatorCounters before = SimulatorCounters.get(one);
      for (int i = 0; i < MANY / 2; i++) {
        one.createSyncEvent(Cameras.QUIET, event);
        other.createSyncEvent(Cameras.QUIET, event);
      }
      // In steps, each with its own patience.
      for (int left = MANY - 1_000; left >= 0; left -= 1_000) {
        int most = left;
        Eventually.holdsAfterCollection(
            () ->
                Ownership.liveObjects() <= 3 + most
                    && VirtualCameras.ledger().syncObjects() <= most,
            () -> Ownership.liveObjects() + " in Java; " + VirtualCameras.ledger());
      }
      SimulatorCounters after = SimulatorCounters.get(one);
      assertEquals(MANY, after.syncObjectsCreated - before.syncObjectsCreated);
      assertEquals(MANY, after.syncObjectShutdowns - before.syncObjectShutdowns);
      assertEquals(MANY, after.syncObjectsReleased - before.syncObjectsReleased);
      assertEquals(before.cameraShutdowns, after.cameraShutdowns);
    }
  }

  private static CameraSyncObject syncObjectOfAForgottenCamera(SyncEvent event) {
    return Cameras.started().createSyncEvent(Cameras.QUIET, event);
  }

  private static CameraReader readerOfAForgottenCamera() {
    VirtualCamera camera = VirtualCamera.builder(MfvcamSource.CLASS_ID, "other").open();
    camera.start();
    return camera.getMediaSource().openReader(PixelFormat.NV12);
  }

  /**
   * Several times over: one more object becomes garbage and is collected, and so many stay alive. A
   * collection that takes the one takes whatever else is garbage, at the latest by the next.
   */
  private static void collectGarbageBut(int kept) {
    for (int round = 0; round < 5; round++) {
      assertEquals(kept, Ownership.liveObjects());
      forget();
      Eventually.holdsAfterCollection(
          () -> Ownership.liveObjects() <= kept,
          () -> Ownership.liveObjects() + " objects are alive, not " + kept);
    }
    assertEquals(kept, Ownership.liveObjects());
  }

  private static void forget() {
    SyncEvent.autoReset().set();
  }
}
