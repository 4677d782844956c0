package io.github.mfvcam;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;

/** The Java side of lifetimes: one cleaner, and a count of what it watches over. */
final class Ownership {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final AtomicInteger LIVE = new AtomicInteger();

  private Ownership() {}

  /**
   * Runs {@code release} once: when the result is cleaned, or some time after {@code owner} has
   * become unreachable. {@code release} must not refer to {@code owner}.
   */
  static Cleaner.Cleanable register(Object owner, Runnable release) {
    LIVE.incrementAndGet();
    return CLEANER.register(
        owner,
        () -> {
          LIVE.decrementAndGet();
          release.run();
        });
  }

  /** Owners that are neither closed nor collected. */
  static int liveObjects() {
    return LIVE.get();
  }
}
