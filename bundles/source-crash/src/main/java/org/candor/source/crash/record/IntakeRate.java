package org.candor.source.crash.record;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Rate limiter (fixed window): so many files in each minute, which begins with the first of them.
 * For one thread.
 */
final class IntakeRate {

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

  /** Whether one more may be taken now; if so, it counts. */
  boolean take() {
    if (taken == 0 || rest().isZero()) {
      began = nanoTime.getAsLong();
      taken = 0;
    }
    if (taken >= most) {
      return false;
    }
    taken++;
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
