package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Messages name what failed, with which values, and what to do. */
class ErrorMessagesTest {
  private static final UUID UNKNOWN = UUID.fromString("00000000-1111-2222-3333-444444444444");

  private static void assertSays(
      Class<? extends RuntimeException> type, Executable call, String... parts) {
    String message = assertThrows(type, call).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "\"" + part + "\" is not in: " + message);
    }
  }

  private static ImmutableList<Executable> needStart(VirtualCamera camera, SyncEvent event) {
    return ImmutableList.of(
        camera::getMediaSource,
        () -> camera.createSyncEvent(Cameras.QUIET, event),
        () -> camera.getProperty(MfvcamSource.COUNTERS),
        () -> camera.setProperty(MfvcamSource.COUNTERS, new byte[1]),
        () ->
            camera.sendProperty(
                MfvcamSource.COUNTERS, KsProperty.Request.GET, new byte[0], new byte[1]));
  }

  @Test
  void beforeStartAndAfterStopTheyAskForStart() {
    try (VirtualCamera camera = Cameras.open();
        SyncEvent event = SyncEvent.autoReset()) {
      for (Executable call : needStart(camera, event)) {
        assertSays(
            VirtualCameraException.class,
            call,
            "MF_E_INVALIDREQUEST (0xC00D36B2): call start() first",
            "[VirtualCamera \"test camera\"",
            "not started by this object]");
      }
      camera.start();
      camera.stop();
      for (Executable call : needStart(camera, event)) {
        assertSays(VirtualCameraException.class, call, "call start() first", "was stopped");
      }
    }
  }

  @Test
  void aClassThatIsNotRegisteredIsNamed() {
    try (VirtualCamera camera = VirtualCamera.builder(UNKNOWN, "lost").open()) {
      assertSays(
          VirtualCameraException.class,
          camera::start,
          "regsvr32",
          "[VirtualCamera \"lost\", class id {" + UNKNOWN + "}]");
    }
  }

  @Test
  void whatTheMediaSourceDoesNotKnowIsNamed() {
    KsEvent unknownSet = KsEvent.of(UNKNOWN, 7, KsEvent.Mode.ENABLE);
    KsEvent unknownId = KsEvent.of(MfvcamSource.EVENT_SET, 77, KsEvent.Mode.ENABLE);
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset()) {
      assertSays(
          VirtualCameraException.class,
          () -> camera.createSyncEvent(unknownSet, event),
          "ERROR_SET_NOT_FOUND",
          "does not know this event set",
          "support KsEvent?",
          "KsEvent {" + UNKNOWN + "} 7 ENABLE");
      assertSays(
          VirtualCameraException.class,
          () -> camera.createSyncEvent(unknownId, event),
          "ERROR_NOT_FOUND",
          "no event of this id",
          "} 77 ENABLE");
      assertSays(
          VirtualCameraException.class,
          () -> camera.getProperty(KsProperty.of(UNKNOWN, 8)),
          "does not know this property set",
          "KsProperty {" + UNKNOWN + "} 8");
      assertSays(
          VirtualCameraException.class,
          () ->
              camera.sendProperty(
                  MfvcamSource.COUNTERS, KsProperty.Request.GET, new byte[0], new byte[1]),
          "ERROR_INSUFFICIENT_BUFFER",
          MfvcamSource.COUNTERS.toString());
    }
  }

  @Test
  void aBorrowedHandleIsNamed() {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.borrow(0x7FFF_FFF0)) {
      String name = "SyncEvent 0x7ffffff0, borrowed";
      assertEquals(name, event.toString());
      assertSays(
          VirtualCameraException.class,
          () -> camera.createSyncEvent(Cameras.QUIET, event),
          "E_HANDLE",
          name);
      assertSays(VirtualCameraException.class, event::set, "SetEvent: E_HANDLE", name);
    }
  }

  @Test
  void aCameraThatIsOpenAlreadyIsNamed() {
    try (VirtualCamera camera = Cameras.open()) {
      assertSays(
          VirtualCameraException.class,
          Cameras::open,
          "MFVCAM_E_ALREADY_OPEN",
          camera.toString().replace("VirtualCamera ", "["),
          ", class id {" + MfvcamSource.CLASS_ID + "}]");
    }
  }

  @Test
  void aClosedObjectSaysWhoseWhichCallWas() {
    VirtualCamera camera = Cameras.started();
    SyncEvent event = SyncEvent.autoReset();
    CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event);
    sync.close();
    event.close();
    camera.close();

    assertSays(
        IllegalStateException.class,
        camera::start,
        "VirtualCamera \"test camera\" is closed: IMFVirtualCamera::Start");
    assertSays(
        IllegalStateException.class,
        () -> sync.waitOnSignal(Duration.ZERO),
        sync + " is closed: IMFCameraSyncObject::WaitOnSignal");
    assertSays(IllegalStateException.class, event::set, event + " is closed");
  }

  @Test
  void theWayThatWasUsedFirstIsNamed() throws InterruptedException {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent one = SyncEvent.autoReset();
        SyncEvent other = SyncEvent.autoReset();
        CameraSyncObject awaited = camera.createSyncEvent(Cameras.QUIET, one);
        CameraSyncObject waited = camera.createSyncEvent(Cameras.QUIET, other)) {
      assertFalse(awaited.await(Duration.ZERO));
      assertFalse(waited.waitOnSignal(Duration.ZERO));

      assertSays(
          IllegalStateException.class,
          () -> awaited.waitOnSignal(Duration.ZERO),
          "await, or another wait on the handle, was used on this event first",
          awaited.toString());
      assertSays(
          IllegalStateException.class,
          () -> waited.await(Duration.ZERO),
          "waitOnSignal was used on this event first",
          waited.toString());
    }
  }

  @Test
  void namesAndCountsAreInTheMessage() {
    assertSays(
        VirtualCameraException.class,
        () -> SyncEvent.open("not there"),
        "ERROR_FILE_NOT_FOUND",
        "[\"not there\"]");
    assertSays(
        VirtualCameraException.class,
        () -> SyncSemaphore.create("back\\slash", 0, 1),
        "ERROR_PATH_NOT_FOUND",
        "a backslash only after Global or Local",
        "[\"back\\slash\"]");
    try (SyncSemaphore semaphore = SyncSemaphore.create(0, 5)) {
      assertSays(
          VirtualCameraException.class,
          () -> semaphore.release(9),
          "ERROR_TOO_MANY_POSTS",
          semaphore + ", count 9]");
    }
  }

  @Test
  void objectsSayWhatTheyAre() {
    try (VirtualCamera camera = Cameras.started();
        SyncEvent event = SyncEvent.autoReset();
        CameraSyncObject sync = camera.createSyncEvent(Cameras.QUIET, event);
        MediaSource source = camera.getMediaSource();
        CameraReader reader = source.openReader(PixelFormat.NV12)) {
      assertTrue(event.toString().matches("SyncEvent 0x[0-9a-f]+"), event.toString());
      assertEquals(
          "CameraSyncObject of VirtualCamera \"test camera\" for"
              + " KsEvent MfvcamSource FORMAT_CHANGED ENABLE, "
              + event,
          sync.toString());
      assertEquals("MediaSource of VirtualCamera \"test camera\"", source.toString());
      assertEquals("CameraReader of " + reader.format(), reader.toString());
      assertEquals(
          "CameraAttributes of VirtualCamera \"test camera\"", camera.attributes().toString());
      assertTrue(
          MfvcamSource.counters(camera)
              .toString()
              .matches("Counters: \\d+ requests, \\d+ deliveries, signals PING \\d+, .*"),
          MfvcamSource.counters(camera).toString());
    }
  }
}
