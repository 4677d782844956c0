package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class VirtualCameraTest {
  private static final int E_INVALIDARG = 0x80070057;
  private static final UUID UNKNOWN = UUID.fromString("00000000-1111-2222-3333-444444444444");

  private static final UUID VIDEO_CAMERA = UUID.fromString("e5323777-f976-4f5b-9b55-b94699c46e44");
  private static final UUID VIDEO = UUID.fromString("6994ad05-93ef-11d0-a3cc-00a0c9223196");
  private static final UUID CAPTURE = UUID.fromString("65e8773d-8f56-11d0-a3b9-00a0c9223196");
  private static final UUID SENSOR_CAMERA = UUID.fromString("24e552d7-6523-47f7-a647-d3465bf1f5ca");
  private static final String NAME = "Kam\u00e9ra \uD83D\uDCF7";

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
              MfvcamSource.COUNTERS, KsProperty.Request.GET, new byte[0], new byte[128]),
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
      assertEquals(128, camera.getProperty(MfvcamSource.COUNTERS).length);
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
  void removedWindowsKnowsItNoMore() {
    VirtualCamera.Builder builder =
        VirtualCamera.builder(MfvcamSource.CLASS_ID, "removed")
            .lifetime(VirtualCamera.Lifetime.SYSTEM);
    try (VirtualCamera camera = builder.open()) {
      camera.start();
    }
    // Closed, but not removed: who opens it finds it as it was left.
    try (VirtualCamera camera = builder.open()) {
      camera.getMediaSource().close();
      camera.remove();

      assertThrows(VirtualCameraException.class, camera::getMediaSource);
      // Not only stopped: a stopped camera could be stopped again.
      if (!Cameras.simulatorSays("no-such-camera=S_OK")) {
        assertThrows(VirtualCameraException.class, camera::stop);
      }
    }
    try (VirtualCamera camera = builder.open()) {
      assertThrows(VirtualCameraException.class, camera::getMediaSource);
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
        assertTrue(
            e.getMessage()
                .startsWith("VirtualCamera \"test camera\" is closed: IMFVirtualCamera::"),
            e.getMessage());
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
  void manyClosesAtOnceReleaseOnce() {
    for (int round = 0; round < 20; round++) {
      // That it can be opened again shows that the last one is closed: the parameters are the same.
      VirtualCamera camera = Cameras.started();
      assertEquals(1, VirtualCameras.ledger().cameras());
      AtOnce.run(camera::close);

      assertEquals(0, Ownership.liveObjects());
      // A callback of the camera's may be under way. A release too many would show as billions.
      Eventually.holds(
          () -> VirtualCameras.ledger().isEmpty(), () -> VirtualCameras.ledger().toString());
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
      Eventually.holds(
          () -> before.toString().equals(VirtualCameras.ledger().toString()),
          () -> VirtualCameras.ledger() + " after " + before);
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
      assertTrue(e.getMessage().contains("reopen()"), e.getMessage());

      builder.reopen().open().close();
    }
    try (VirtualCamera again = VirtualCamera.builder(MfvcamSource.CLASS_ID, "twice").open()) {
      again.start();
    }
  }

  /**
   * The same parameters are the same camera: an object made with those of a camera that was started
   * has its frames at once, and one made with any other has none.
   */
  @Test
  void everyParameterReachesWindows() {
    try (VirtualCamera camera = kamera().open()) {
      camera.start();

      assertTrue(isStarted(kamera()));
      assertFalse(isStarted(VirtualCamera.builder(MfvcamSource.CLASS_ID, "Kamera \uD83D\uDCF7")));
      assertFalse(isStarted(VirtualCamera.builder(MfvcamSource.CLASS_ID, "Kam\u00e9ra \uD83D")));
      assertFalse(isStarted(VirtualCamera.builder(UNKNOWN, NAME)));
      assertTrue(isStarted(kamera().lifetime(VirtualCamera.Lifetime.SESSION)));
      assertFalse(isStarted(kamera().lifetime(VirtualCamera.Lifetime.SYSTEM)));
      assertTrue(isStarted(kamera().access(VirtualCamera.Access.CURRENT_USER)));
      assertFalse(isStarted(kamera().access(VirtualCamera.Access.ALL_USERS)));
      // Windows' own three, so that a wrong byte in any of them would tell.
      assertTrue(isStarted(kamera().categories(VIDEO_CAMERA, VIDEO, CAPTURE)));
      assertFalse(isStarted(kamera().categories(VIDEO_CAMERA, VIDEO, SENSOR_CAMERA)));
      assertFalse(isStarted(kamera().categories(VIDEO_CAMERA, VIDEO)));
      assertTrue(isStarted(kamera().categories()));
    }
  }

  private static VirtualCamera.Builder kamera() {
    return VirtualCamera.builder(MfvcamSource.CLASS_ID, NAME);
  }

  private static boolean isStarted(VirtualCamera.Builder builder) {
    try (VirtualCamera camera = builder.reopen().open()) {
      camera.getMediaSource().close();
      return true;
    } catch (CameraAccessDeniedException e) {
      // A camera for all users is an administrator's: what was asked for has arrived.
      assertEquals(HResults.CREATE_VIRTUAL_CAMERA, e.operation());
      return false;
    } catch (VirtualCameraException e) {
      assertEquals("IMFVirtualCamera::GetMediaSource", e.operation());
      return false;
    }
  }

  @Test
  void propertiesAreProbedForTheirSize() {
    try (VirtualCamera camera = Cameras.started()) {
      byte[] value = camera.getProperty(MfvcamSource.COUNTERS);

      assertEquals(128, value.length);
      byte[] same = new byte[128];
      assertEquals(
          128,
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
      assertEquals(HResults.INSUFFICIENT_BUFFER, tooSmall.hresult());
      assertEquals(HResults.MORE_DATA, empty.hresult());
      assertEquals(0x80070492, unknown.hresult());
    }
  }

  /** Our media source lets nothing be set, and says for each part of the request what is wrong. */
  @Test
  void aValueIsSentToTheMediaSource() {
    byte[] value = {1, 2, 3};
    KsProperty otherId = KsProperty.of(MfvcamSource.PROPERTY_SET, 2);
    try (VirtualCamera camera = Cameras.started()) {
      assertEquals(
          0x80070492, failureOf(() -> camera.setProperty(KsProperty.of(UNKNOWN, 1), value)));
      assertEquals(HResults.NOT_FOUND, failureOf(() -> camera.setProperty(otherId, value)));
      // Set and id are known, and to GET it would say yes.
      assertEquals(
          E_INVALIDARG, failureOf(() -> camera.setProperty(MfvcamSource.COUNTERS, new byte[128])));
      assertArrayEquals(new byte[] {1, 2, 3}, value);
    }
  }

  @Test
  void aRequestMayHaveAPayload() {
    byte[] payload = {1, 2, 3};
    byte[] data = new byte[128];
    try (VirtualCamera camera = Cameras.started()) {
      assertEquals(
          128, camera.sendProperty(MfvcamSource.COUNTERS, KsProperty.Request.GET, payload, data));

      assertArrayEquals(new byte[] {1, 2, 3}, payload);
      assertArrayEquals(camera.getProperty(MfvcamSource.COUNTERS), data);
    }
  }

  @Test
  void whatAPropertySupportsCanBeAsked() {
    byte[] types = new byte[4];
    try (VirtualCamera camera = Cameras.started()) {
      assertEquals(
          4,
          camera.sendProperty(
              MfvcamSource.COUNTERS, KsProperty.Request.BASIC_SUPPORT, new byte[0], types));
      assertArrayEquals(new byte[] {(byte) KsProperty.Request.GET.flags, 0, 0, 0}, types);
    }
  }

  private static int failureOf(Executable call) {
    VirtualCameraException e = assertThrows(VirtualCameraException.class, call);
    assertEquals("IMFVirtualCamera::SendCameraProperty", e.operation());
    return e.hresult();
  }
}
