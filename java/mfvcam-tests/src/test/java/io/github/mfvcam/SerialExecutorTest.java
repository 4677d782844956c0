package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One task at a time, in order, whatever the executor behind it does. */
@Tag("anywhere")
class SerialExecutorTest {
  private final List<Integer> ran = new ArrayList<>();

  @Test
  void tasksRunOneAtATimeAndInOrder() throws InterruptedException {
    int tasks = 10_000;
    ExecutorService threads = Executors.newFixedThreadPool(4);
    SerialExecutor serial = new SerialExecutor(threads);
    for (int i = 0; i < tasks; i++) {
      int number = i;
      // A list that knows nothing of threads: two tasks at a time would spoil it.
      serial.execute(() -> ran.add(number));
    }
    serial.execute(threads::shutdown);

    assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
    assertEquals(tasks, ran.size());
    for (int i = 0; i < tasks; i++) {
      assertEquals(i, ran.get(i));
    }
  }

  @Test
  void oneThreadOfTheExecutorsIsTakenForAllThatWait() {
    Queue<Runnable> given = new ArrayDeque<>();
    SerialExecutor serial = new SerialExecutor(given::add);
    serial.execute(() -> ran.add(1));
    serial.execute(() -> ran.add(2));

    assertEquals(1, given.size());
    given.remove().run();

    assertEquals(ImmutableList.of(1, 2), ran);
    serial.execute(() -> ran.add(3));
    assertEquals(1, given.size());
  }

  @Test
  void aRefusedTaskIsForgottenAndTheNextIsNot() {
    List<RejectedExecutionException> refusals = new ArrayList<>();
    refusals.add(new RejectedExecutionException("busy"));
    SerialExecutor serial =
        new SerialExecutor(
            task -> {
              if (!refusals.isEmpty()) {
                throw refusals.remove(0);
              }
              task.run();
            });

    assertThrows(RejectedExecutionException.class, () -> serial.execute(() -> ran.add(1)));
    serial.execute(() -> ran.add(2));

    assertEquals(ImmutableList.of(2), ran);
  }

  @Test
  void aTaskThatThrowsDoesNotStopTheNext() {
    SerialExecutor serial = new SerialExecutor(Runnable::run);

    assertThrows(
        IllegalStateException.class,
        () ->
            serial.execute(
                () -> {
                  throw new IllegalStateException();
                }));
    serial.execute(() -> ran.add(1));

    assertEquals(ImmutableList.of(1), ran);
  }

  @Test
  void anInterruptIsTheThreadsAndNotTheNextTasks() {
    SerialExecutor serial = new SerialExecutor(Runnable::run);
    List<Boolean> seen = new ArrayList<>();

    serial.execute(
        () -> {
          Thread.currentThread().interrupt();
          serial.execute(() -> seen.add(Thread.currentThread().isInterrupted()));
        });

    assertEquals(ImmutableList.of(false), seen);
    assertTrue(Thread.interrupted());
  }
}
