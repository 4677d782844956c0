package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.VirtualCamera.ComReference;
import io.github.mfvcam.jni.MfVirtualCamera;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Resources are closed early, or only closed, on purpose.
class ComPointerTest {
  private static void release(long comPointer) {
    assertNotEquals(0, comPointer);
    assertEquals(HResults.S_OK, MfVirtualCamera.releaseComPointer(comPointer));
  }

  @Test
  void eachObjectGivesItsOwn() {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event);
        MediaSource source = camera.getMediaSource()) {
      long pointer = camera.comPointer();
      assertNotEquals(pointer, sync.comPointer());
      release(sync.comPointer());
      release(sync.comPointer());
      assertNotEquals(pointer, source.comPointer());
      release(source.comPointer());
      release(source.comPointer());
      assertEquals(pointer, camera.comPointer());
      release(pointer);
      release(pointer);
    }
  }

  @Test
  void aReferenceOutlivesTheObject() {
    VirtualCamera camera = Cameras.started();
    long pointer = camera.comPointer();
    camera.close();
    release(pointer);
  }

  @Test
  void closedOrShutDownThereIsNone() {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event)) {
      sync.shutdown();
      assertThrows(CameraShutDownException.class, sync::comPointer);
      camera.shutdown();
      assertThrows(CameraShutDownException.class, camera::comPointer);
      MediaSource source;
      try (VirtualCamera other = VirtualCamera.builder(MfvcamSource.CLASS_ID, "other").open()) {
        other.start();
        source = other.getMediaSource();
        source.close();
      }
      assertThrows(IllegalStateException.class, source::comPointer);
      sync.close();
      camera.close();
      assertThrows(IllegalStateException.class, sync::comPointer);
      assertThrows(IllegalStateException.class, camera::comPointer);
    }
  }

  /** The reference that is taken over is gone afterwards, the one that is added to is not. */
  @Test
  void aCameraOfOtherCodeWorksAsOneOfOurs() throws InterruptedException {
    for (ComReference reference : ComReference.values()) {
      long pointer;
      try (VirtualCamera maker = Cameras.open()) {
        pointer = maker.comPointer();
        try (VirtualCamera camera = VirtualCamera.fromNative(pointer, reference);
            SyncEvent event = SyncEvent.autoReset()) {
          camera.start();
          KsEvent ping = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);
          try (CameraSyncObject sync = camera.createSyncEvent(ping, event)) {
            assertTrue(sync.await(Cameras.LONG));
          }
          assertEquals(2, VirtualCameras.ledger().cameras());
          assertTrue(
              camera.toString().contains(Long.toHexString(pointer).toUpperCase(Locale.ROOT)));
        }
        assertEquals(1, VirtualCameras.ledger().cameras());
      }
      if (reference == ComReference.ADD) {
        release(pointer);
      }
    }
  }

  @Test
  void whatIsNoCameraIsRefusedAndStaysTheCallers() {
    assertThrows(
        IllegalArgumentException.class, () -> VirtualCamera.fromNative(0, ComReference.ADD));
    assertThrows(NullPointerException.class, () -> VirtualCamera.fromNative(1, null));
    try (VirtualCamera camera = Cameras.started();
        MediaSource source = camera.getMediaSource()) {
      long pointer = source.comPointer();
      for (ComReference reference : ComReference.values()) {
        VirtualCameraException e =
            assertThrows(
                VirtualCameraException.class, () -> VirtualCamera.fromNative(pointer, reference));
        assertTrue(e.getMessage().contains("E_NOINTERFACE"), e.getMessage());
      }
      release(pointer);
    }
  }

  @Test
  void afterStartItHasALinkAndAName() {
    try (VirtualCamera camera = Cameras.open()) {
      assertEquals(Optional.empty(), camera.symbolicLink());
      assertEquals(Optional.empty(), camera.friendlyName());
      camera.start();
      assertTrue(camera.symbolicLink().orElseThrow().startsWith("\\\\?\\"));
      assertTrue(camera.friendlyName().orElseThrow().contains("test camera"));
      camera.shutdown();
      assertThrows(CameraShutDownException.class, camera::symbolicLink);
      assertThrows(CameraShutDownException.class, camera::friendlyName);
      camera.close();
      assertThrows(IllegalStateException.class, camera::symbolicLink);
    }
  }

  @Test
  void aReopenedCameraIsTheSame() throws InterruptedException {
    VirtualCamera.Builder builder = VirtualCamera.builder(MfvcamSource.CLASS_ID, "reopened");
    try (VirtualCamera first = builder.open();
        SyncEvent event = SyncEvent.autoReset()) {
      first.start();
      try (VirtualCamera second = builder.reopen().open()) {
        second.start();
        assertEquals(first.symbolicLink(), second.symbolicLink());
        try (CameraSyncObject sync = second.createSyncEvent(Cameras.QUIET, event)) {
          assertFalse(sync.await(Duration.ZERO));
        }
      }
    }
  }
}
