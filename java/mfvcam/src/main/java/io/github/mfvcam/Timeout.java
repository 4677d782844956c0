package io.github.mfvcam;

import static com.google.common.base.Preconditions.checkNotNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time that is left of a wait. Rounds up to whole milliseconds, so that no wait ends early. */
final class Timeout {
  /** One less than Win32's INFINITE. */
  static final long MAX_MILLIS = 0xFFFF_FFFEL;

  private static final Duration MAX = Duration.ofMillis(MAX_MILLIS);

  private final long start = System.nanoTime();
  private final long nanos;

  Timeout(Duration duration) {
    checkNotNull(duration, "timeout");
    if (duration.isNegative() || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "timeout is " + millis(duration) + " ms, not between 0 and " + MAX_MILLIS + " ms");
    }
    nanos = duration.toNanos();
  }

  /** Exact, and for durations of any length. */
  private static String millis(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .movePointRight(3)
        .add(BigDecimal.valueOf(duration.getNano(), 6))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** From 0 to {@link #MAX_MILLIS}. */
  long millisLeft() {
    long left = nanos - (System.nanoTime() - start);
    return Math.max(
        0, (left + TimeUnit.MILLISECONDS.toNanos(1) - 1) / TimeUnit.MILLISECONDS.toNanos(1));
  }
}
