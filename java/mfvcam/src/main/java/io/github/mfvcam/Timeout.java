package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

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
    requireNonNull(duration, "timeout");
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

  private Timeout() {
    nanos = Long.MAX_VALUE;
  }

  /** Never over. */
  static Timeout never() {
    return new Timeout();
  }

  /** From 0 to {@link #MAX_MILLIS}, or one more, Win32's INFINITE. */
  long millisLeft() {
    return nanos == Long.MAX_VALUE
        ? MAX_MILLIS + 1
        : (nanosLeft() + TimeUnit.MILLISECONDS.toNanos(1) - 1) / TimeUnit.MILLISECONDS.toNanos(1);
  }

  /** From 0 on; {@link Long#MAX_VALUE} is without end. */
  long nanosLeft() {
    return nanos == Long.MAX_VALUE ? nanos : Math.max(0, nanos - (System.nanoTime() - start));
  }
}
