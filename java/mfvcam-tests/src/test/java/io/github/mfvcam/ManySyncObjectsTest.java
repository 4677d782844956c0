package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ManySyncObjectsTest {
  private static final int MANY = 10_000;

  /** Of several, the quickest is least disturbed by what else the machine does. */
  private static long quickestNanos(CameraSyncObject sync, ExecutorService executor) {
    long[] nanos = new long[200];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      sync.onSignal(time -> {}, executor).close();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 10];
  }

  @Test
  @Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void tenThousandListenersShareOneThread() {
    List<SyncEvent> events = new ArrayList<>();
    List<CameraSyncObject> syncs = new ArrayList<>();
    List<Registration> registrations = new ArrayList<>();
    AtomicIntegerArray told = new AtomicIntegerArray(MANY);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    long start = System.nanoTime();
    try (VirtualCamera camera = Cameras.started()) {
      for (int i = 0; i < MANY; i++) {
        SyncEvent event = SyncEvent.autoReset();
        events.add(event);
        syncs.add(camera.createSyncEvent(Cameras.QUIET, event));
      }
      long created = System.nanoTime();
      int threads = Thread.activeCount();
      long few = 0;
      for (int i = 0; i < MANY; i++) {
        if (i == 10) {
          few = quickestNanos(syncs.get(MANY - 1), executor);
        }
        int index = i;
        registrations.add(syncs.get(i).onSignal(time -> told.incrementAndGet(index), executor));
      }
      long many = quickestNanos(syncs.get(MANY - 1), executor);
      long registered = System.nanoTime();
      assertEquals(1, Dispatchers.count());
      // The dispatcher and the executor's.
      assertTrue(Thread.activeCount() <= threads + 2, Thread.activeCount() + " threads");
      assertEquals(MANY, VirtualCameras.ledger().watches());

      events.forEach(SyncEvent::set);
      eachWasTold(told, 1);
      events.forEach(SyncEvent::set);
      eachWasTold(told, 2);
      long signalled = System.nanoTime();
      registrations.forEach(Registration::close);
      assertEquals(0, VirtualCameras.ledger().watches());
      Dispatchers.noneIsLeft();
      long closed = System.nanoTime();
      System.out.printf(
          "10,000 sync objects: created in %d ms, listened to in %d ms, told twice in %d ms, let go"
              + " in %d ms; one more comes and goes in %.1f us among 10, in %.1f us among 10,000%n",
          TimeUnit.NANOSECONDS.toMillis(created - start),
          TimeUnit.NANOSECONDS.toMillis(registered - created),
          TimeUnit.NANOSECONDS.toMillis(signalled - registered),
          TimeUnit.NANOSECONDS.toMillis(closed - signalled),
          few / 1e3,
          many / 1e3);
      // A cost that grows with their number would be 1,000 times as high.
      assertTrue(many < 5 * few, many + " ns among 10,000, " + few + " ns among 10");
      syncs.forEach(CameraSyncObject::close);
      events.forEach(SyncEvent::close);
    }
    executor.shutdown();
  }

  private static void eachWasTold(AtomicIntegerArray told, int times) {
    for (int i = 0; i < MANY; i++) {
      int index = i;
      Eventually.holds(
          () -> told.get(index) >= times,
          () -> "listener " + index + " was told " + told.get(index) + " times, not " + times);
    }
    for (int i = 0; i < MANY; i++) {
      assertEquals(times, told.get(i));
    }
  }
}
