package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A call on a thread of its own. */
final class Background<T> {
  private final Thread thread;
  private volatile T result;
  private volatile Throwable failure;
  private volatile boolean interruptedAfterwards;

  private Background(Callable<T> call) {
    thread =
        new Thread(
            () -> {
              try {
                result = call.call();
              } catch (Throwable e) {
                failure = e;
              }
              interruptedAfterwards = Thread.currentThread().isInterrupted();
            });
    thread.setDaemon(true);
    thread.start();
  }

  static <T> Background<T> start(Callable<T> call) {
    return new Background<>(call);
  }

  /** Starts a call that blocks, and returns when it uses an object of mfvcam.dll. */
  static <T> Background<T> startBlocking(Callable<T> call) {
    AtomicLong others = new AtomicLong(callsUnderWay());
    Background<T> background = start(call);
    Eventually.holds(
        () -> {
          long calls = VirtualCameras.ledger().calls();
          return calls > others.getAndAccumulate(calls, Math::min) || !background.thread.isAlive();
        },
        () -> "the call does not block");
    return background;
  }

  /** Those that stay: what a camera's event makes mfvcam do by itself is over soon. */
  private static long callsUnderWay() {
    long calls;
    do {
      calls = VirtualCameras.ledger().calls();
      Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(20));
    } while (calls != VirtualCameras.ledger().calls());
    return calls;
  }

  void interrupt() {
    thread.interrupt();
  }

  boolean interruptedAfterwards() {
    join();
    return interruptedAfterwards;
  }

  T result() {
    join();
    if (failure != null) {
      throw new AssertionError("failed", failure);
    }
    return result;
  }

  boolean failed() {
    join();
    return failure != null;
  }

  <E extends Throwable> E failure(Class<E> type) {
    join();
    if (!type.isInstance(failure)) {
      fail("expected " + type + ", but got " + result, failure);
    }
    return type.cast(failure);
  }

  private void join() {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertFalse(thread.isAlive(), "still running after 10 s");
  }
}
