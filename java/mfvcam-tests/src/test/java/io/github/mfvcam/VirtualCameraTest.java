package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.testing.NullPointerTester;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class VirtualCameraTest {
  private static final UUID UNKNOWN = UUID.fromString("00000000-1111-2222-3333-444444444444");

  /** Everything but close, shutdown and toString. */
  private static Executable[] uses(VirtualCamera camera, SyncEvent event) {
    return new Executable[] {
      camera::start,
      camera::stop,
      camera::remove,
      camera::getMediaSource,
      () -> camera.createSyncEvent(Cameras.QUIET, event),
      () -> camera.getProperty(MfvcamSource.COUNTERS),
      () -> camera.setProperty(MfvcamSource.COUNTERS, new byte[1]),
      () ->
          camera.sendProperty(
              MfvcamSource.COUNTERS, KsProperty.Request.GET, new byte[0], new byte[120]),
      () -> MfvcamSource.counters(camera),
    };
  }

  @Test
  void beforeStartThereAreNoFrames() {
    try (VirtualCamera camera = Cameras.open()) {
      VirtualCameraException e = assertThrows(VirtualCameraException.class, camera::getMediaSource);

      assertEquals("IMFVirtualCamera::GetMediaSource", e.operation());
      camera.start();
      camera.getMediaSource().close();
    }
  }

  @Test
  void startedItServesEventsPropertiesAndFrames() throws InterruptedException {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event);
        MediaSource source = camera.getMediaSource()) {
      assertEquals(Cameras.QUIET, sync.event());
      assertFalse(sync.await(Duration.ZERO));
      assertEquals(120, camera.getProperty(MfvcamSource.COUNTERS).length);
      source.openReader(PixelFormat.NV12).close();
    }
  }

  @Test
  void stoppedItCanStartAgain() {
    try (VirtualCamera camera = Cameras.started()) {
      camera.stop();
      camera.start();
      camera.getMediaSource().close();
    }
  }

  @Test
  void stoppedWhileItIsReadItCanStartAgain() throws InterruptedException {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset()) {
      try (MediaSource source = camera.getMediaSource();
          CameraReader reader = source.openReader(PixelFormat.NV12)) {
        assertTrue(reader.read(Cameras.LONG).isPresent());
        camera.stop();
        assertThrows(VirtualCameraException.class, () -> reader.read(Cameras.LONG));
      }
      camera.start();
      try (MediaSource source = camera.getMediaSource();
          CameraReader reader = source.openReader(PixelFormat.NV12);
          CameraSyncObject sync = camera.createSyncEvent(Cameras.DELIVERED, event)) {
        assertTrue(reader.read(Cameras.LONG).isPresent());
        assertTrue(sync.await(Cameras.LONG));
      }
    }
  }

  @Test
  void removedItCanBeClosed() {
    try (VirtualCamera camera = Cameras.started()) {
      camera.remove();
    }
  }

  @Test
  void shutDownItAndItsChildrenSaySo() {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event);
        MediaSource source = camera.getMediaSource()) {
      camera.shutdown();
      camera.shutdown();

      for (Executable use : uses(camera, event)) {
        assertThrows(CameraShutDownException.class, use);
      }
      assertThrows(CameraShutDownException.class, () -> sync.await(Cameras.LONG));
      assertThrows(VirtualCameraException.class, () -> source.openReader(PixelFormat.NV12));
    }
  }

  @Test
  void closedItSaysSo() {
    VirtualCamera camera = Cameras.started();
    try (SyncEvent event = SyncEvent.autoReset()) {
      camera.close();
      camera.close();

      for (Executable use : uses(camera, event)) {
        IllegalStateException e = assertThrows(IllegalStateException.class, use);
        assertEquals("VirtualCamera is closed", e.getMessage());
      }
      assertThrows(IllegalStateException.class, camera::shutdown);
      assertEquals("VirtualCamera \"test camera\"", camera.toString());
    }
  }

  @Test
  void childrenMayBeClosedAfterIt() {
    VirtualCamera camera = Cameras.started();
    SyncEvent event = SyncEvent.autoReset();
    CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event);
    MediaSource source = camera.getMediaSource();
    CameraReader reader = source.openReader(PixelFormat.NV12);

    camera.close();

    assertThrows(CameraShutDownException.class, () -> sync.await(Cameras.LONG));
    assertThrows(VirtualCameraException.class, () -> reader.read(Cameras.LONG));
    event.close();
    source.close();
    reader.close();
    sync.close();
  }

  @Test
  void twoClosesAtOnceReleaseOnce() {
    for (int round = 0; round < 20; round++) {
      VirtualCamera camera = Cameras.started();
      Background<Void> other =
          Background.start(
              () -> {
                camera.close();
                return null;
              });
      camera.close();
      other.result();
    }
  }

  @Test
  void aClassThatIsNotRegisteredIsNamed() {
    VirtualCamera.Builder builder = VirtualCamera.builder(UNKNOWN, "test camera");

    // Windows leaves undocumented which of the two calls looks it up.
    VirtualCameraException e =
        assertThrows(
            VirtualCameraException.class,
            () -> {
              try (VirtualCamera camera = builder.open()) {
                camera.start();
              }
            });

    assertEquals(0x80040154, e.hresult());
    assertTrue(e.getMessage().contains("REGDB_E_CLASSNOTREG (0x80040154)"), e.getMessage());
    assertTrue(e.getMessage().contains("regsvr32"), e.getMessage());
  }

  @Test
  void anUnknownEventSetIsNamedAndTheCameraWorksOn() throws InterruptedException {
    KsEvent unknown = KsEvent.of(UNKNOWN, 0, KsEvent.Mode.ENABLE);
    KsEvent ping = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset()) {
      Ledger before = VirtualCameras.ledger();
      VirtualCameraException e =
          assertThrows(VirtualCameraException.class, () -> camera.createSyncEvent(unknown, event));

      assertEquals("IMFVirtualCamera::CreateSyncEvent", e.operation());
      assertEquals(0x80070492, e.hresult());
      assertTrue(e.getMessage().contains("ERROR_SET_NOT_FOUND (0x80070492)"), e.getMessage());
      assertEquals(before.toString(), VirtualCameras.ledger().toString());
      try (CameraSyncObject sync = camera.createSyncEvent(ping, event)) {
        assertTrue(sync.await(Cameras.LONG));
      }
    }
  }

  @Test
  void anUnknownEventOfAKnownSetFails() {
    KsEvent unknown = KsEvent.of(MfvcamSource.EVENT_SET, 6, KsEvent.Mode.ENABLE);
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset()) {
      assertThrows(VirtualCameraException.class, () -> camera.createSyncEvent(unknown, event));
    }
  }

  @Test
  void aHandleThatIsNoEventIsRefused() {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.borrow(0x7FFF_FFF0)) {
      VirtualCameraException e =
          assertThrows(
              VirtualCameraException.class, () -> camera.createSyncEvent(Cameras.QUIET, event));

      assertEquals(HResults.E_HANDLE, e.hresult());
    }
  }

  @Test
  void aSecondCameraOfTheSameParametersMustBeAskedFor() {
    VirtualCamera.Builder builder = VirtualCamera.builder(MfvcamSource.CLASS_ID, "twice");
    try (VirtualCamera first = builder.open()) {
      first.start();
      VirtualCameraException e = assertThrows(VirtualCameraException.class, builder::open);
      assertTrue(e.getMessage().contains("MFVCAM_E_ALREADY_OPEN (0xA0040203)"), e.getMessage());
      assertTrue(e.getMessage().contains("allowSameParameters"), e.getMessage());

      builder.allowSameParameters().open().close();
    }
    try (VirtualCamera again = VirtualCamera.builder(MfvcamSource.CLASS_ID, "twice").open()) {
      again.start();
    }
  }

  @Test
  void everyParameterReachesWindows() {
    UUID videoCamera = UUID.fromString("e5323777-f976-4f5b-9b55-b94699c46e44");
    UUID capture = UUID.fromString("65e8773d-8f56-11d0-a3b9-00a0c9223196");
    VirtualCamera.Builder session =
        VirtualCamera.builder(MfvcamSource.CLASS_ID, "Kam\u00e9ra \uD83D\uDCF7")
            .lifetime(VirtualCamera.Lifetime.SESSION)
            .access(VirtualCamera.Access.CURRENT_USER)
            .categories(videoCamera, capture);
    VirtualCamera.Builder system =
        VirtualCamera.builder(MfvcamSource.CLASS_ID, "Kam\u00e9ra \uD83D\uDCF7")
            .lifetime(VirtualCamera.Lifetime.SYSTEM)
            .categories(videoCamera, capture);

    try (VirtualCamera one = session.open();
        VirtualCamera other = system.open()) {
      // Other parameters, another camera: neither was refused.
      one.start();
      other.start();
      other.remove();
    }
  }

  @Test
  void propertiesAreProbedForTheirSize() {
    try (VirtualCamera camera = Cameras.started()) {
      byte[] value = camera.getProperty(MfvcamSource.COUNTERS);

      assertEquals(120, value.length);
      byte[] same = new byte[120];
      assertEquals(
          120,
          camera.sendProperty(MfvcamSource.COUNTERS, KsProperty.Request.GET, new byte[0], same));
      assertArrayEquals(value, same);
    }
  }

  @Test
  void aPropertyThatDoesNotFitOrIsUnknownIsNamed() {
    KsProperty.Request get = KsProperty.Request.GET;
    byte[] none = new byte[0];
    try (VirtualCamera camera = Cameras.started()) {
      VirtualCameraException tooSmall =
          assertThrows(
              VirtualCameraException.class,
              () -> camera.sendProperty(MfvcamSource.COUNTERS, get, none, new byte[119]));
      VirtualCameraException empty =
          assertThrows(
              VirtualCameraException.class,
              () -> camera.sendProperty(MfvcamSource.COUNTERS, get, none, none));
      VirtualCameraException unknown =
          assertThrows(
              VirtualCameraException.class, () -> camera.getProperty(KsProperty.of(UNKNOWN, 1)));
      VirtualCameraException readOnly =
          assertThrows(
              VirtualCameraException.class,
              () -> camera.setProperty(MfvcamSource.COUNTERS, new byte[120]));

      assertEquals(HResults.INSUFFICIENT_BUFFER, tooSmall.hresult());
      assertEquals(HResults.MORE_DATA, empty.hresult());
      assertEquals(0x80070492, unknown.hresult());
      assertNotEquals(0, readOnly.hresult());
    }
  }

  @Test
  void nullsAreRefused() {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event);
        MediaSource source = camera.getMediaSource();
        CameraReader reader = source.openReader(PixelFormat.NV12)) {
      NullPointerTester tester =
          new NullPointerTester()
              .setDefault(KsEvent.class, Cameras.QUIET)
              .setDefault(SyncEvent.class, event)
              .setDefault(KsProperty.class, MfvcamSource.COUNTERS);
      tester.testAllPublicInstanceMethods(camera);
      tester.testAllPublicInstanceMethods(sync);
      tester.testAllPublicInstanceMethods(source);
      tester.testAllPublicInstanceMethods(reader);
      tester.testAllPublicInstanceMethods(MfvcamSource.counters(camera));
    }
  }
}
