package org.candor.source.kubernetes.spec;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: by chance between the least and a bound that doubles
 * with each failure in a row ("full jitter"), so that many who lost the same server do not come
 * back together. For one thread.
 */
final class Backoff {

  private final Duration least;
  private final Duration most;
  private final DoubleSupplier chance;
  private Duration bound;

  /**
   * @param chance gives numbers from 0 to 1
   */
  Backoff(Duration least, Duration most, DoubleSupplier chance) {
    this.least = least;
    this.most = most;
    this.chance = chance;
    this.bound = least;
  }

  /** The shortest wait. */
  Duration least() {
    return least;
  }

  /**
   * The next wait.
   *
   * @param lasted how long the attempt that failed went well; one that went well for longer than
   *     the longest wait begins a new row
   */
  Duration after(Duration lasted) {
    Duration doubled = lasted.compareTo(most) > 0 ? least.multipliedBy(2) : bound.multipliedBy(2);
    bound = doubled.compareTo(most) < 0 ? doubled : most;
    long range = bound.minus(least).toNanos();
    return least.plusNanos((long) (range * chance.getAsDouble()));
  }
}
