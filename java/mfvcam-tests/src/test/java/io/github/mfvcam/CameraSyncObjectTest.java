package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CameraSyncObjectTest extends QuietSyncObject {
  /** One of the two ways to wait. */
  private interface Wait {
    boolean on(CameraSyncObject sync, Duration timeout) throws InterruptedException;
  }

  @Nested
  class Await extends Waiting {
    Await() {
      super(CameraSyncObject::await);
    }

    @Test
    void aManualResetEventStaysSignalled() throws InterruptedException {
      try (SyncEvent manual = SyncEvent.manualReset();
          CameraSyncObject other = camera.createSyncEvent(Cameras.QUIET, manual)) {
        manual.set();
        assertTrue(other.await(Duration.ZERO));
        assertTrue(other.await(Duration.ZERO));
        manual.reset();
        assertFalse(other.await(Duration.ZERO));
      }
    }

    @Test
    void anInterruptTakesNoSignalAway() {
      Thread.currentThread().interrupt();
      event.set();

      assertThrows(InterruptedException.class, () -> sync.await(Cameras.LONG));
      assertTrue(Background.start(() -> sync.await(Duration.ZERO)).result());
    }

    @Test
    void anInterruptDoesNotReachTheNextWait() throws InterruptedException {
      for (int round = 0; round < 100; round++) {
        Background<Boolean> waiter = Background.startBlocking(() -> sync.await(Cameras.LONG));
        waiter.interrupt();
        waiter.failure(InterruptedException.class);
        assertFalse(sync.await(Duration.ofMillis(1)));
      }
    }

    @Test
    void interruptsAgainstSignalsLoseNone() {
      for (int round = 0; round < 200; round++) {
        Background<Boolean> waiter = Background.startBlocking(() -> sync.await(Cameras.LONG));
        event.set();
        waiter.interrupt();
        // Whoever wins: the signal was either returned, or is still there.
        boolean returned = !waiter.failed();
        assertEquals(!returned, Background.start(() -> sync.await(Duration.ZERO)).result());
      }
    }

    @Test
    void severalThreadsMayWait() {
      Background<Boolean> one = Background.startBlocking(() -> sync.await(Cameras.LONG));
      Background<Boolean> other = Background.startBlocking(() -> sync.await(Cameras.LONG));
      event.set();
      Eventually.holds(() -> VirtualCameras.ledger().calls() == 1, () -> "nobody woke");
      event.set();

      assertTrue(one.result());
      assertTrue(other.result());
    }

    @Test
    void aVirtualThreadMayWait() throws Exception {
      Method starter =
          Arrays.stream(Thread.class.getMethods())
              .filter(method -> method.getName().equals("startVirtualThread"))
              .findFirst()
              .orElseGet(() -> abort("this JVM has no virtual threads"));
      CompletableFuture<Boolean> woken = new CompletableFuture<>();
      Thread thread =
          (Thread)
              starter.invoke(
                  null,
                  (Runnable)
                      () -> {
                        try {
                          woken.complete(sync.await(Cameras.LONG));
                          sync.await(Cameras.LONG);
                        } catch (InterruptedException e) {
                          event.set();
                        }
                      });
      event.set();
      assertTrue(woken.get(10, TimeUnit.SECONDS));

      thread.interrupt();
      assertTrue(sync.await(Cameras.LONG));
      thread.join();
    }
  }

  @Nested
  class WaitOnSignal extends Waiting {
    WaitOnSignal() {
      super(CameraSyncObject::waitOnSignal);
    }
  }

  /** What holds for both ways. */
  abstract class Waiting {
    private final Wait wait;

    Waiting(Wait wait) {
      this.wait = wait;
    }

    @Test
    void theCameraEndsIt() throws InterruptedException {
      KsEvent ping = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);
      try (SyncEvent own = SyncEvent.autoReset();
          CameraSyncObject pinged = camera.createSyncEvent(ping, own)) {
        assertTrue(wait.on(pinged, Cameras.LONG));
        assertTrue(wait.on(pinged, Cameras.LONG));
      }
    }

    @Test
    void aSignalGivenBeforeCountsOnce() throws InterruptedException {
      event.set();
      event.set();

      assertTrue(wait.on(sync, Cameras.LONG));
      assertFalse(wait.on(sync, Duration.ZERO));
    }

    @Test
    void theTimeoutEndsItAndIsNeverEarly() throws InterruptedException {
      for (Duration timeout :
          new Duration[] {
            Duration.ZERO, Duration.ofNanos(1), Duration.ofMillis(15), Duration.ofMillis(250)
          }) {
        long start = System.nanoTime();
        assertFalse(wait.on(sync, timeout));
        long late = System.nanoTime() - start - timeout.toNanos();
        assertTrue(late >= 0, () -> timeout + " ended " + -late + " ns early");
        // Far more than a tick, for machines that are busy; far less than for ever.
        assertTrue(
            late < TimeUnit.SECONDS.toNanos(10), () -> timeout + " ended " + late + " ns late");
      }
    }

    @Test
    void argumentsAreCheckedFirst() {
      Thread.currentThread().interrupt();

      assertThrows(NullPointerException.class, () -> wait.on(sync, null));
      assertThrows(IllegalArgumentException.class, () -> wait.on(sync, Duration.ofMillis(-1)));
      assertTrue(Thread.interrupted());
    }

    @Test
    void anInterruptBeforeEndsItAndIsCleared() {
      Thread.currentThread().interrupt();

      assertThrows(InterruptedException.class, () -> wait.on(sync, Cameras.LONG));
      assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void anInterruptMeanwhileEndsItAndIsCleared() {
      Background<Boolean> waiter = Background.startBlocking(() -> wait.on(sync, Cameras.LONG));
      waiter.interrupt();

      waiter.failure(InterruptedException.class);
      assertFalse(waiter.interruptedAfterwards());
    }

    @Test
    void closingEndsIt() {
      Background<Boolean> waiter = Background.startBlocking(() -> wait.on(sync, Cameras.LONG));
      sync.close();

      String message = waiter.failure(IllegalStateException.class).getMessage();
      assertTrue(message.startsWith(sync + " is closed: "), message);
    }

    @Test
    void shuttingDownEndsIt() {
      Background<Boolean> waiter = Background.startBlocking(() -> wait.on(sync, Cameras.LONG));
      sync.shutdown();
      sync.shutdown();

      waiter.failure(CameraShutDownException.class);
      assertThrows(CameraShutDownException.class, () -> wait.on(sync, Cameras.LONG));
    }

    @Test
    void closingTheCameraEndsIt() {
      Background<Boolean> waiter = Background.startBlocking(() -> wait.on(sync, Cameras.LONG));
      camera.close();

      waiter.failure(CameraShutDownException.class);
      assertThrows(CameraShutDownException.class, () -> wait.on(sync, Cameras.LONG));
    }

    @Test
    void closedItThrows() {
      sync.close();
      sync.close();

      assertThrows(IllegalStateException.class, () -> wait.on(sync, Cameras.LONG));
      assertThrows(IllegalStateException.class, sync::shutdown);
    }

    @Test
    void closingTheEventDoesNotEndIt() throws InterruptedException {
      KsEvent ping = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);
      SyncEvent own = SyncEvent.autoReset();
      try (CameraSyncObject pinged = camera.createSyncEvent(ping, own)) {
        own.close();
        assertTrue(wait.on(pinged, Cameras.LONG));
      }
    }
  }

  @Test
  void theTwoWaysDoNotMixOnOneEvent() throws InterruptedException {
    assertFalse(sync.await(Duration.ZERO));

    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> sync.waitOnSignal(Duration.ZERO));
    assertTrue(e.getMessage().contains("MFVCAM_E_WAIT_MIXED"), e.getMessage());
    assertTrue(e.getMessage().contains("either await or waitOnSignal"), e.getMessage());
    assertFalse(sync.await(Duration.ZERO));

    try (SyncEvent own = SyncEvent.autoReset();
        CameraSyncObject one = camera.createSyncEvent(Cameras.QUIET, own);
        CameraSyncObject other = camera.createSyncEvent(Cameras.QUIET, own)) {
      assertFalse(one.waitOnSignal(Duration.ZERO));
      assertThrows(IllegalStateException.class, () -> one.await(Duration.ZERO));
      // The same kernel object behind another sync object.
      assertThrows(IllegalStateException.class, () -> other.await(Duration.ZERO));
    }
  }

  @Test
  void manyClosesAtOnceReleaseOnce() {
    int live = Ownership.liveObjects();
    for (int round = 0; round < 50; round++) {
      CameraSyncObject own = camera.createSyncEvent(Cameras.QUIET, event);
      assertEquals(2, VirtualCameras.ledger().syncObjects());
      AtOnce.run(own::close);
      // Unsigned counts: one release too many would show as one too few here, or as billions.
      assertEquals(1, VirtualCameras.ledger().syncObjects());
      assertEquals(live, Ownership.liveObjects());
    }
  }

  @Test
  void shutdownsAndClosesAtOnceEndItOnce() {
    for (int round = 0; round < 50; round++) {
      CameraSyncObject own = camera.createSyncEvent(Cameras.QUIET, event);
      AtomicInteger turn = new AtomicInteger();
      AtOnce.run(
          () -> {
            if (turn.getAndIncrement() % 2 == 0) {
              own.close();
            } else {
              shutDownUnlessClosed(own);
            }
          });
      assertEquals(1, VirtualCameras.ledger().syncObjects());
    }
  }

  private static void shutDownUnlessClosed(CameraSyncObject own) {
    try {
      own.shutdown();
    } catch (IllegalStateException e) {
      Closed.assertSays(own, e);
    }
  }
}
