package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, so that no sleep stands in for one. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Eventually() {}

  static void holds(BooleanSupplier condition, Supplier<String> otherwise) {
    holds(condition, () -> {}, otherwise);
  }

  /** Collects garbage until the condition holds. */
  static void holdsAfterCollection(BooleanSupplier condition, Supplier<String> otherwise) {
    holds(condition, System::gc, otherwise);
  }

  private static void holds(BooleanSupplier condition, Runnable help, Supplier<String> otherwise) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        fail(otherwise.get());
      }
      help.run();
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
