package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Resources are closed early, or only closed, on purpose.
class CameraListenerTest {
  @AutoClose("shutdown")
  private final ExecutorService executor = Executors.newFixedThreadPool(4);

  private static class Recorder implements CameraListener {
    final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

    @Override
    public void onEvent(CameraEvent event) {
      told.add(event);
    }

    @Override
    public void onEnd(RuntimeException reason) {
      told.add(reason);
    }

    <T> T next(Class<T> type) throws InterruptedException {
      return assertInstanceOf(type, told.poll(10, TimeUnit.SECONDS));
    }

    CameraEvent expect(CameraEvent.Type type) throws InterruptedException {
      CameraEvent event = next(CameraEvent.class);
      assertEquals(type, event.type(), event::toString);
      return event;
    }
  }

  private static void readOneFrame(VirtualCamera camera) throws InterruptedException {
    try (MediaSource source = camera.getMediaSource();
        CameraReader reader = source.openReader(PixelFormat.NV12)) {
      assertTrue(reader.read(Cameras.LONG).isPresent());
    }
  }

  @Test
  void itHearsOfTheCamerasLifeInOrder() throws InterruptedException {
    Recorder listener = new Recorder();
    try (VirtualCamera camera = Cameras.open();
        Registration registration = camera.start(listener, executor)) {
      Duration before = VirtualCameras.systemTime();
      readOneFrame(camera);
      CameraEvent first = listener.expect(CameraEvent.Type.SOURCE_INITIALIZE);
      listener.expect(CameraEvent.Type.SOURCE_START);
      listener.expect(CameraEvent.Type.SOURCE_STOP);
      CameraEvent last = listener.expect(CameraEvent.Type.SOURCE_UNINITIALIZE);

      assertTrue(first.time().compareTo(before) >= 0);
      assertTrue(last.time().compareTo(first.time()) >= 0);
      assertEquals(HResults.S_OK, first.status());
      assertEquals(UUID.fromString("e52c4dff-e46d-4d0b-bc75-ddd4c8723f96"), first.extendedType());
      assertTrue(registration.toString().contains("test camera"), registration.toString());
    }
    assertNull(listener.told.poll());
  }

  @Test
  void itHearsOfTheEndAndIsLetGo() throws InterruptedException {
    Recorder listener = new Recorder();
    VirtualCamera camera = Cameras.open();
    camera.start(listener, executor);
    assertEquals(1, VirtualCameras.ledger().watches());
    camera.close();
    Closed.assertSays(camera, listener.next(IllegalStateException.class));
    Dispatchers.noneIsLeft();

    try (VirtualCamera other = Cameras.open()) {
      other.start(listener, executor);
      other.shutdown();
      listener.next(CameraShutDownException.class);
    }
    try (VirtualCamera other = Cameras.open()) {
      other.start(listener, executor);
      other.remove();
      Object next = listener.next(Object.class);
      // Whether the pipeline's end is told as well is up to Windows.
      while (next instanceof CameraEvent) {
        next = listener.next(Object.class);
      }
      assertInstanceOf(CameraLostException.class, next);
    }
  }

  @Test
  void closedItHearsNothingMoreAndTheCameraRunsOn() throws InterruptedException {
    Recorder listener = new Recorder();
    try (VirtualCamera camera = Cameras.open()) {
      camera.start(listener, executor).close();
      readOneFrame(camera);
      camera.shutdown();
    }
    Dispatchers.noneIsLeft();
    assertTrue(listener.told.isEmpty(), () -> listener.told + "");
  }

  @Test
  void whatWaitsForTheExecutorIsNotToldAfterTheClose() throws InterruptedException {
    Recorder listener = new Recorder();
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    try (VirtualCamera camera = Cameras.open()) {
      Registration registration = camera.start(listener, tasks::add);
      readOneFrame(camera);
      Runnable task = tasks.poll(10, TimeUnit.SECONDS);
      registration.close();
      task.run();
    }
    assertTrue(listener.told.isEmpty(), () -> listener.told + "");
  }

  @Test
  void oneThatThrowsIsReportedAndToldOn() throws InterruptedException {
    Recorder listener = new Recorder();
    try (LogCapture log = new LogCapture();
        VirtualCamera camera = Cameras.open();
        Registration registration =
            camera.start(
                event -> {
                  listener.onEvent(event);
                  throw new IllegalArgumentException("of a test");
                },
                executor)) {
      readOneFrame(camera);
      listener.expect(CameraEvent.Type.SOURCE_INITIALIZE);
      listener.expect(CameraEvent.Type.SOURCE_START);
      listener.expect(CameraEvent.Type.SOURCE_STOP);
      listener.expect(CameraEvent.Type.SOURCE_UNINITIALIZE);
      Eventually.holds(() -> log.count("of a test") == 4, log::toString);
    }
  }

  @Test
  void aSlowOneHoldsNobodyUp() throws InterruptedException {
    Recorder quick = new Recorder();
    BlockingQueue<Object> go = new LinkedBlockingQueue<>();
    Recorder slow = new Recorder();
    try (VirtualCamera camera = Cameras.open();
        Registration one =
            camera.start(
                event -> {
                  slow.onEvent(event);
                  if (event.type() == CameraEvent.Type.SOURCE_INITIALIZE) {
                    takeUninterruptibly(go);
                  }
                },
                executor);
        Registration other = camera.start(quick, executor)) {
      readOneFrame(camera);
      for (CameraEvent.Type type :
          new CameraEvent.Type[] {
            CameraEvent.Type.SOURCE_INITIALIZE,
            CameraEvent.Type.SOURCE_START,
            CameraEvent.Type.SOURCE_STOP,
            CameraEvent.Type.SOURCE_UNINITIALIZE
          }) {
        quick.expect(type);
      }
      slow.expect(CameraEvent.Type.SOURCE_INITIALIZE);
      assertNull(slow.told.peek());
      go.add("go");
      slow.expect(CameraEvent.Type.SOURCE_START);
      slow.expect(CameraEvent.Type.SOURCE_STOP);
      slow.expect(CameraEvent.Type.SOURCE_UNINITIALIZE);
      assertNotEquals(one, other);
    }
  }

  private static void takeUninterruptibly(BlockingQueue<?> queue) {
    try {
      queue.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** However many starts there were. */
  @Test
  void eachEventIsToldOnce() throws InterruptedException {
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    try (VirtualCamera camera = Cameras.open()) {
      camera.start();
      camera.start();
      camera.start(first, executor);
      camera.stop();
      first.expect(CameraEvent.Type.PIPELINE_SHUTDOWN);
      // Whoever comes now has missed it.
      camera.start(second, executor);
      readOneFrame(camera);
      for (Recorder listener : new Recorder[] {first, second}) {
        listener.expect(CameraEvent.Type.SOURCE_INITIALIZE);
        listener.expect(CameraEvent.Type.SOURCE_START);
        listener.expect(CameraEvent.Type.SOURCE_STOP);
        listener.expect(CameraEvent.Type.SOURCE_UNINITIALIZE);
      }
      camera.close();
      first.next(IllegalStateException.class);
      second.next(IllegalStateException.class);
    }
  }

  @Test
  void aStartThatFailsRegistersNothing() {
    UUID unknown = UUID.fromString("00000000-1111-2222-3333-444444444444");
    Recorder listener = new Recorder();
    try (VirtualCamera camera = VirtualCamera.builder(unknown, "test camera").open()) {
      assertThrows(VirtualCameraException.class, () -> camera.start(listener, executor));
      assertEquals(0, VirtualCameras.ledger().watches());
      camera.shutdown();
      assertThrows(CameraShutDownException.class, () -> camera.start(listener, executor));
      camera.close();
      assertThrows(IllegalStateException.class, () -> camera.start(listener, executor));
    }
    assertTrue(listener.told.isEmpty(), () -> listener.told + "");
  }

  @Test
  void everyTypeHasItsName() {
    List<CameraEvent.Type> types = new ArrayList<>(Arrays.asList(CameraEvent.Type.values()));
    for (String extendedType :
        new String[] {
          "e52c4dff-e46d-4d0b-bc75-ddd4c8723f96",
          "b1eeb989-b456-4f4a-ae40-079c28e24af8",
          "b7fe7a61-fe91-415e-8608-d37dedb1a58b",
          "a0ebaba7-a422-4e33-8401-b37d2800aa67",
          "45a81b31-43f8-4e5d-8ce2-22dce026996d",
          "6e59489c-47d3-4467-83ef-12d34e871665",
          "00000000-0000-0000-0000-000000000000",
          "00000000-1111-2222-3333-444444444444"
        }) {
      CameraEvent event =
          new CameraEvent(UUID.fromString(extendedType), 0x80070005, Duration.ofSeconds(1));
      assertEquals(types.remove(0), event.type());
      assertEquals(extendedType, event.extendedType().toString());
      assertEquals(Duration.ofSeconds(1), event.time());
      assertTrue(event.toString().contains("E_ACCESSDENIED (0x80070005)"), event::toString);
      assertTrue(event.toString().contains(event.type().name()), event::toString);
    }
    assertTrue(types.isEmpty());
  }
}
