package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwaitAnyTest {
  private final List<SyncEvent> events = new ArrayList<>();
  private final List<CameraSyncObject> syncs = new ArrayList<>();
  private VirtualCamera camera;

  @BeforeEach
  void open() {
    camera = Cameras.started();
    for (int i = 0; i < 3; i++) {
      events.add(SyncEvent.autoReset());
      syncs.add(camera.createSyncEvent(Cameras.QUIET, events.get(i)));
    }
  }

  @AfterEach
  void close() {
    syncs.forEach(CameraSyncObject::close);
    events.forEach(SyncEvent::close);
    camera.close();
  }

  private Optional<CameraSyncObject> awaitAny(Duration timeout) throws InterruptedException {
    return CameraSyncObjects.awaitAny(syncs, timeout);
  }

  private Background<Optional<CameraSyncObject>> sleeping() {
    Background<Optional<CameraSyncObject>> sleeper =
        Background.startBlocking(() -> awaitAny(Cameras.LONG));
    Eventually.holds(() -> VirtualCameras.ledger().watches() == 3, () -> "not all are watched");
    return sleeper;
  }

  @Test
  void theOneThatIsSignalledEndsTheSleep() {
    for (int i = 0; i < 3; i++) {
      Background<Optional<CameraSyncObject>> sleeper = sleeping();
      events.get(i).set();
      assertEquals(Optional.of(syncs.get(i)), sleeper.result());
    }
  }

  @Test
  void theFirstOfTheListGoesFirstAndOthersStay() throws InterruptedException {
    events.get(2).set();
    events.get(0).set();
    assertEquals(Optional.of(syncs.get(0)), awaitAny(Cameras.LONG));
    assertEquals(Optional.of(syncs.get(2)), awaitAny(Duration.ZERO));
    assertEquals(Optional.empty(), awaitAny(Duration.ZERO));
  }

  @Test
  void twoSignalledAtOnceTakeTwoCalls() throws InterruptedException {
    for (int round = 0; round < 100; round++) {
      Background<Optional<CameraSyncObject>> sleeper = sleeping();
      events.get(1).set();
      events.get(2).set();
      CameraSyncObject first = sleeper.result().orElseThrow();
      CameraSyncObject second = awaitAny(Cameras.LONG).orElseThrow();
      assertNotEquals(first, second);
      assertEquals(Optional.empty(), awaitAny(Duration.ZERO));
    }
  }

  @Test
  void theTimeoutIsNeverEarly() throws InterruptedException {
    Duration timeout = Duration.ofMillis(50);
    long start = System.nanoTime();
    assertEquals(Optional.empty(), awaitAny(timeout));
    assertTrue(System.nanoTime() - start >= timeout.toNanos());
    assertEquals(0, VirtualCameras.ledger().watches());
    assertEquals(0, VirtualCameras.ledger().queues());
  }

  @Test
  void timeoutsAgainstSignalsLoseNone() throws InterruptedException {
    for (int round = 0; round < 100; round++) {
      Background<Void> signaller =
          Background.start(
              () -> {
                events.get(1).set();
                return null;
              });
      Optional<CameraSyncObject> first = awaitAny(Duration.ofMillis(1));
      signaller.result();
      Optional<CameraSyncObject> second = awaitAny(Duration.ZERO);
      assertNotEquals(first.isPresent(), second.isPresent());
    }
  }

  @Test
  void anInterruptEndsItAndLosesNoSignal() throws InterruptedException {
    Background<Optional<CameraSyncObject>> sleeper = sleeping();
    sleeper.interrupt();
    sleeper.failure(InterruptedException.class);
    assertFalse(sleeper.interruptedAfterwards());

    for (int round = 0; round < 100; round++) {
      Background<Optional<CameraSyncObject>> raced = sleeping();
      events.get(1).set();
      raced.interrupt();
      boolean returned = !raced.failed();
      assertEquals(returned, awaitAny(Duration.ZERO).isEmpty());
    }
  }

  @Test
  void anInterruptBeforeLeavesTheSignal() throws InterruptedException {
    events.get(0).set();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> awaitAny(Cameras.LONG));
    assertFalse(Thread.currentThread().isInterrupted());
    assertTrue(awaitAny(Duration.ZERO).isPresent());
  }

  @Test
  void theEndOfOneEndsIt() {
    Background<Optional<CameraSyncObject>> sleeper = sleeping();
    syncs.get(1).close();
    Closed.assertSays(syncs.get(1), sleeper.failure(IllegalStateException.class));

    syncs.set(1, camera.createSyncEvent(Cameras.QUIET, events.get(1)));
    sleeper = sleeping();
    syncs.get(2).shutdown();
    sleeper.failure(CameraShutDownException.class);

    syncs.get(2).close();
    syncs.set(2, camera.createSyncEvent(Cameras.QUIET, events.get(2)));
    sleeper = sleeping();
    camera.remove();
    sleeper.failure(CameraLostException.class);
  }

  private static String refused(Class<? extends Exception> type, CameraSyncObject... list) {
    return assertThrows(type, () -> CameraSyncObjects.awaitAny(Arrays.asList(list), Duration.ZERO))
        .getMessage();
  }

  @Test
  void badListsAreRefused() {
    CameraSyncObject one = syncs.get(0);
    CameraSyncObject other = syncs.get(1);
    events.get(0).set();

    assertThrows(NullPointerException.class, () -> CameraSyncObjects.awaitAny(null, Duration.ZERO));
    assertThrows(NullPointerException.class, () -> CameraSyncObjects.awaitAny(syncs, null));
    assertThrows(IllegalArgumentException.class, () -> awaitAny(Duration.ofMillis(-1)));
    assertEquals("syncObjects is empty", refused(IllegalArgumentException.class));
    assertEquals("syncObjects[1]", refused(NullPointerException.class, one, null));
    assertEquals(
        "syncObjects[2] is there twice", refused(IllegalArgumentException.class, one, other, one));
    other.close();
    assertEquals(other + " is closed: awaitAny", refused(IllegalStateException.class, one, other));
    // None of these has taken the signal.
    assertTrue(one.poll());
  }

  @Test
  void camerasMayDiffer() throws InterruptedException {
    try (VirtualCamera second = VirtualCamera.builder(MfvcamSource.CLASS_ID, "second").open()) {
      second.start();
      KsEvent ping = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);
      try (SyncSemaphore semaphore = SyncSemaphore.create(0, 10);
          CameraSyncObject pinged = second.createSyncSemaphore(ping, semaphore, 1)) {
        assertEquals(
            Optional.of(pinged),
            CameraSyncObjects.awaitAny(ImmutableList.of(syncs.get(0), pinged), Cameras.LONG));
      }
    }
  }
}
