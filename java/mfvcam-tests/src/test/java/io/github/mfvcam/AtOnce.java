package io.github.mfvcam;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;

/** Several threads that do the same at the same time. */
final class AtOnce {
  static final int THREADS = 8;

  private AtOnce() {}

  /** Returns what each of them got. */
  static <T> List<T> call(Callable<T> call) {
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    List<Background<T>> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          Background.start(
              () -> {
                barrier.await();
                return call.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Background<T> thread : threads) {
      results.add(thread.result());
    }
    return results;
  }

  static void run(Runnable action) {
    call(
        () -> {
          action.run();
          return true;
        });
  }
}
