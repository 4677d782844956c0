package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Waits without a timeout, and without waiting. */
class AwaitTest extends QuietSyncObject {
  private Background<Void> awaitForEver() {
    return Background.startBlocking(
        () -> {
          sync.await();
          return null;
        });
  }

  @Test
  void itEndsWithTheSignal() {
    Background<Void> waiter = awaitForEver();
    event.set();
    waiter.result();
    assertFalse(sync.poll());
  }

  @Test
  void anInterruptEndsIt() {
    Background<Void> waiter = awaitForEver();
    waiter.interrupt();
    waiter.failure(InterruptedException.class);
    assertFalse(waiter.interruptedAfterwards());
  }

  @Test
  void closeShutdownAndLossEndIt() {
    Background<Void> waiter = awaitForEver();
    sync.close();
    waiter.failure(IllegalStateException.class);

    sync = camera.createSyncEvent(Cameras.QUIET, event);
    waiter = awaitForEver();
    sync.shutdown();
    waiter.failure(CameraShutDownException.class);

    sync.close();
    sync = camera.createSyncEvent(Cameras.QUIET, event);
    waiter = awaitForEver();
    camera.remove();
    waiter.failure(CameraLostException.class);
  }

  @Test
  void aPollTakesASignalAndNeverSleeps() {
    assertFalse(sync.poll());
    event.set();
    Thread.currentThread().interrupt();
    assertTrue(sync.poll());
    assertFalse(sync.poll());
    assertTrue(Thread.interrupted());
  }

  @Test
  void aPollOfWhatHasEndedThrows() {
    sync.shutdown();
    assertThrows(CameraShutDownException.class, sync::poll);
    sync.close();
    IllegalStateException e = assertThrows(IllegalStateException.class, sync::poll);
    Closed.assertSays(sync, e);
  }

  @Test
  void aSpentOneshotSaysSo() throws InterruptedException {
    KsEvent once = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ONESHOT);
    try (CameraSyncObject ping = camera.createSyncEvent(once, event)) {
      ping.await();
      IllegalStateException e = assertThrows(IllegalStateException.class, ping::await);
      assertTrue(e.getMessage().contains("ONESHOT event comes once"), e.getMessage());
      assertThrows(IllegalStateException.class, () -> ping.await(Duration.ZERO));
    }
  }
}
