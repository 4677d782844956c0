package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nothing is closed here. */
class ForgottenObjectsTest {
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
    try (CameraSyncObject sync = syncObjectOfAForgottenCamera();
        CameraReader reader = readerOfAForgottenCamera()) {
      collectGarbage();

      assertFalse(sync.await(Duration.ZERO));
      assertTrue(reader.read(Cameras.LONG).isPresent());
    }
  }

  @Test
  void aWaitKeepsItsCamera() {
    Background<Boolean> wait =
        Background.startBlocking(() -> syncObjectOfAForgottenCamera().await(Duration.ofSeconds(1)));
    collectGarbage();

    assertFalse(wait.result());
    Eventually.holdsAfterCollection(
        () -> Ownership.liveObjects() == 0, () -> Ownership.liveObjects() + " in Java");
  }

  private static CameraSyncObject syncObjectOfAForgottenCamera() {
    return Cameras.started().createSyncEvent(Cameras.QUIET, SyncEvent.autoReset());
  }

  private static CameraReader readerOfAForgottenCamera() {
    VirtualCamera camera = VirtualCamera.builder(MfvcamSource.CLASS_ID, "other").open();
    camera.start();
    return camera.getMediaSource().openReader(PixelFormat.NV12);
  }

  /** Until something that was garbage before is gone. */
  private static void collectGarbage() {
    int live = Ownership.liveObjects();
    forget();
    Eventually.holdsAfterCollection(() -> Ownership.liveObjects() <= live, () -> "not collected");
  }

  private static void forget() {
    SyncEvent.autoReset().set();
  }
}
