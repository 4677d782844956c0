package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On JVMs that have virtual threads. */
class VirtualThreadTest {
  private VirtualCamera camera;
  private SyncEvent event;
  private CameraSyncObject sync;

  @BeforeEach
  void open() {
    assumeTrue(
        Arrays.stream(Thread.class.getMethods())
            .anyMatch(method -> method.getName().equals("startVirtualThread")),
        "this JVM has no virtual threads");
    camera = Cameras.started();
    event = SyncEvent.autoReset();
    sync = camera.createSyncEvent(Cameras.QUIET, event);
  }

  @AfterEach
  void close() {
    if (camera != null) {
      sync.close();
      event.close();
      camera.close();
    }
  }

  private static <T> Thread startVirtual(CompletableFuture<T> result, Callable<T> call) {
    Runnable task =
        () -> {
          try {
            result.complete(call.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        };
    try {
      Method starter = Thread.class.getMethod("startVirtualThread", Runnable.class);
      return (Thread) starter.invoke(null, task);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static void watched(long count) {
    Eventually.holds(
        () -> VirtualCameras.ledger().watches() == count,
        () -> VirtualCameras.ledger().watches() + " are waiting, not " + count);
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static Throwable failure(CompletableFuture<?> future) {
    try {
      return new AssertionError("no failure, but " + future.get(10, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSignalWakesIt() {
    CompletableFuture<Boolean> woken = new CompletableFuture<>();
    startVirtual(woken, () -> sync.await(Cameras.LONG));
    watched(1);
    event.set();
    assertTrue(get(woken));
    assertFalse(sync.poll());
  }

  @Test
  void aSignalGivenBeforeNeedsNoSleep() {
    CompletableFuture<Boolean> woken = new CompletableFuture<>();
    event.set();
    startVirtual(woken, () -> sync.await(Duration.ZERO) && !sync.await(Duration.ZERO));
    assertTrue(get(woken));
  }

  @Test
  void theTimeoutIsNeverEarly() {
    CompletableFuture<Long> nanos = new CompletableFuture<>();
    startVirtual(
        nanos,
        () -> {
          long start = System.nanoTime();
          assertFalse(sync.await(Duration.ofMillis(50)));
          return System.nanoTime() - start;
        });
    assertTrue(get(nanos) >= TimeUnit.MILLISECONDS.toNanos(50));
  }

  @Test
  void timeoutsAgainstSignalsLoseNone() {
    for (int round = 0; round < 200; round++) {
      CompletableFuture<Boolean> woken = new CompletableFuture<>();
      startVirtual(woken, () -> sync.await(Duration.ofMillis(1)));
      event.set();
      assertEquals(!get(woken), sync.poll());
    }
  }

  @Test
  void anInterruptEndsItAndLosesNoSignal() {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread thread = startVirtual(interrupted, () -> sync.await(Cameras.LONG));
    watched(1);
    thread.interrupt();
    assertTrue(failure(interrupted) instanceof InterruptedException);

    for (int round = 0; round < 200; round++) {
      CompletableFuture<Boolean> raced = new CompletableFuture<>();
      Thread racing = startVirtual(raced, () -> sync.await(Cameras.LONG));
      watched(1);
      event.set();
      racing.interrupt();
      boolean returned = raced.handle((value, failure) -> failure == null).join();
      assertEquals(!returned, sync.poll());
    }
  }

  @Test
  void closeShutdownAndLossEndIt() {
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    CompletableFuture<Boolean> shutDown = new CompletableFuture<>();
    CompletableFuture<Boolean> lost = new CompletableFuture<>();
    try (CameraSyncObject one = camera.createSyncEvent(Cameras.QUIET, event);
        CameraSyncObject two = camera.createSyncEvent(Cameras.QUIET, event)) {
      startVirtual(closed, () -> sync.await(Cameras.LONG));
      startVirtual(shutDown, () -> one.await(Cameras.LONG));
      startVirtual(lost, () -> two.await(Cameras.LONG));
      watched(3);
      sync.close();
      Closed.assertSays(sync, (Exception) failure(closed));
      one.shutdown();
      assertTrue(failure(shutDown) instanceof CameraShutDownException);
      camera.remove();
      assertTrue(failure(lost) instanceof CameraLostException);
    }
  }

  @Test
  void aThousandWaitOnOneCarrier() {
    String output =
        new ChildJvm()
            .property("mfvcam.platform", "simulator")
            .property("jdk.virtualThreadScheduler.parallelism", 1)
            .property("jdk.virtualThreadScheduler.maxPoolSize", 1)
            .run(Thousand.class);
    assertTrue(output.contains("woken: 1000"), output);
  }

  /** All must be asleep at a time before the first is woken. */
  static final class Thousand {
    private Thousand() {}

    public static void main(String[] args) {
      List<CompletableFuture<Boolean>> woken = new ArrayList<>();
      try (VirtualCamera camera = Cameras.started();
          SyncSemaphore semaphore = SyncSemaphore.create(0, 1000);
          CameraSyncObject sync = camera.createSyncSemaphore(Cameras.QUIET, semaphore, 1)) {
        for (int i = 0; i < 1000; i++) {
          CompletableFuture<Boolean> one = new CompletableFuture<>();
          woken.add(one);
          startVirtual(one, () -> sync.await(Cameras.LONG));
        }
        watched(1000);
        semaphore.release(1000);
        long count = woken.stream().filter(VirtualThreadTest::get).count();
        System.out.println("woken: " + count);
      }
    }
  }
}
