package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SignalFutureTest extends QuietSyncObject {
  private static Throwable failure(CompletableFuture<?> future) {
    return assertThrows(ExecutionException.class, () -> future.get(10, TimeUnit.SECONDS))
        .getCause();
  }

  private void theSignalIsStillThere() {
    assertEquals(0, VirtualCameras.ledger().watches());
    assertTrue(sync.poll());
  }

  @Test
  void theCameraCompletesIt() throws Exception {
    KsEvent ping = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ENABLE);
    try (SyncEvent own = SyncEvent.autoReset();
        CameraSyncObject pings = camera.createSyncEvent(ping, own)) {
      assertNull(pings.signalled().get(10, TimeUnit.SECONDS));
      assertNull(pings.signalled().get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void aSignalCompletesOne() throws Exception {
    CompletableFuture<Void> one = sync.signalled();
    CompletableFuture<Void> other = sync.signalled();
    event.set();
    CompletableFuture.anyOf(one, other).get(10, TimeUnit.SECONDS);
    assertNotEquals(one.isDone(), other.isDone());
    event.set();
    CompletableFuture.allOf(one, other).get(10, TimeUnit.SECONDS);
    assertFalse(sync.poll());
  }

  @Test
  void dependentsMayBlock() throws Exception {
    CompletableFuture<Void> first = sync.signalled();
    CompletableFuture<Void> second =
        first.thenRun(
            () -> {
              CompletableFuture<Void> next = sync.signalled();
              event.set();
              next.join();
            });
    event.set();
    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void cancelledItLeavesTheSignal() {
    CompletableFuture<Void> future = sync.signalled();
    assertTrue(future.cancel(false));
    assertTrue(future.isCancelled());
    assertThrows(CancellationException.class, future::join);
    assertFalse(future.cancel(false));
    event.set();
    theSignalIsStillThere();
  }

  @Test
  void timedOutItLeavesTheSignal() {
    CompletableFuture<Void> future = sync.signalled().orTimeout(1, TimeUnit.MILLISECONDS);
    assertInstanceOf(TimeoutException.class, failure(future));
    event.set();
    theSignalIsStillThere();
  }

  @Test
  void completedFromOutsideItLeavesTheSignal() {
    CompletableFuture<Void> future = sync.signalled();
    assertTrue(future.complete(null));
    assertFalse(future.complete(null));
    event.set();
    theSignalIsStillThere();
  }

  @Test
  void cancelsAgainstSignalsLoseNone() {
    for (int round = 0; round < 300; round++) {
      CompletableFuture<Void> future = sync.signalled();
      Background<Void> signaller =
          Background.start(
              () -> {
                event.set();
                return null;
              });
      if (future.cancel(false)) {
        signaller.result();
        assertTrue(sync.poll(), "the signal is lost");
      } else {
        future.orTimeout(10, TimeUnit.SECONDS).join();
        signaller.result();
        assertFalse(sync.poll(), "the signal was told twice");
      }
    }
  }

  @Test
  void eachWayToEndIsTold() {
    try (CameraSyncObject one = camera.createSyncEvent(Cameras.QUIET, event);
        CameraSyncObject two = camera.createSyncEvent(Cameras.QUIET, event)) {
      CompletableFuture<Void> closed = sync.signalled();
      CompletableFuture<Void> shutDown = one.signalled();
      CompletableFuture<Void> lost = two.signalled();
      sync.close();
      one.shutdown();
      camera.remove();

      Closed.assertSays(sync, assertInstanceOf(IllegalStateException.class, failure(closed)));
      assertInstanceOf(CameraShutDownException.class, failure(shutDown));
      assertInstanceOf(CameraLostException.class, failure(lost));
      assertThrows(IllegalStateException.class, sync::signalled);
      assertThrows(CameraShutDownException.class, one::signalled);
      assertThrows(CameraLostException.class, two::signalled);
    }
  }

  @Test
  void aOneshotCompletesOneAndEndsTheOther() throws Exception {
    KsEvent once = MfvcamSource.Event.PING.ksEvent(KsEvent.Mode.ONESHOT);
    try (CameraSyncObject ping = camera.createSyncEvent(once, event)) {
      CompletableFuture<Void> one = ping.signalled();
      CompletableFuture<Void> other = ping.signalled();
      Eventually.holds(() -> one.isDone() && other.isDone(), () -> "one is left waiting");
      assertNotEquals(one.isCompletedExceptionally(), other.isCompletedExceptionally());
      Throwable spent = failure(one.isCompletedExceptionally() ? one : other);
      assertInstanceOf(IllegalStateException.class, spent);
      assertTrue(spent.getMessage().contains("MFVCAM_E_SPENT"), spent.getMessage());
    }
  }
}
