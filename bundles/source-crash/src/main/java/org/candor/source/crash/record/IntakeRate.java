package org.candor.source.crash.record;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Rate limiter (fixed window): so many files in each minute, which begins with the first of them.
 * For one thread.
 */
final class IntakeRate {

  /** Each so many bytes count for one file more. */
  private static final long LARGE = 64 << 10;

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int most;
  private final LongSupplier nanoTime;
  private long began;
  private int taken;

  /**
   * @param most files in a minute
   * @param nanoTime the time that passes, whatever the clock shows
   */
  IntakeRate(int most, LongSupplier nanoTime) {
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /**
   * Whether one more may be taken now; if so, it counts: a large one for several, since it takes as
   * much time.
   *
   * @param bytes its size
   */
  boolean take(long bytes) {
    if (taken == 0 || rest().isZero()) {
      began = nanoTime.getAsLong();
      taken = 0;
    }
    if (taken >= most) {
      return false;
    }
    taken += 1 + (int) Math.min(bytes / LARGE, most);
    return true;
  }

  /** How long until the minute ends. */
  Duration rest() {
    Duration gone = Duration.ofNanos(nanoTime.getAsLong() - began);
    return gone.compareTo(WINDOW) < 0 ? WINDOW.minus(gone) : Duration.ZERO;
  }

  int most() {
    return most;
  }
}
