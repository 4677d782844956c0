package io.github.mfvcam;

import java.time.Duration;

/** Media Foundation's unit of time, 100 ns. */
final class Ticks {
  private static final long PER_SECOND = 10_000_000;

  private Ticks() {}

  static Duration toDuration(long ticks) {
    return Duration.ofSeconds(
        Math.floorDiv(ticks, PER_SECOND), Math.floorMod(ticks, PER_SECOND) * 100);
  }
}
