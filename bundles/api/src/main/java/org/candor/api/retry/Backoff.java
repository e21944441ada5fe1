package org.candor.api.retry;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Exponential backoff with full jitter: a random time between the least and a bound that doubles
 * with every failure, so that many who lost the same server do not come back together. After Marc
 * Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015. Safe for several threads
 * if the chance is.
 *
 * @param least the shortest wait
 * @param first the bound after the first failure
 * @param most the bound that no wait is longer than
 * @param chance gives numbers from 0 to 1
 */
public record Backoff(Duration least, Duration first, Duration most, DoubleSupplier chance) {

  private static final int MOST_DOUBLINGS = 30;

  /**
   * @throws IllegalArgumentException when they are not in their order
   */
  public Backoff {
    if (least.isNegative() || least.compareTo(first) > 0 || first.compareTo(most) > 0) {
      throw new IllegalArgumentException(least + " to " + first + " to " + most);
    }
  }

  /**
   * How long to wait.
   *
   * @param failures in a row, at least 1
   */
  public Duration delay(int failures) {
    Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    Duration bound = doubled.compareTo(most) < 0 ? doubled : most;
    double range = bound.minus(least).toNanos();
    return least.plusNanos((long) (range * chance.getAsDouble()));
  }
}
