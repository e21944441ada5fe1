package org.candor.core.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a random time between nothing and a bound that doubles with
 * every failure. After Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
public record Backoff(Duration first, Duration most, RandomGenerator random) {

  public static Backoff usual(RandomGenerator random) {
    return new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15), random);
  }

  /**
   * How long to wait.
   *
   * @param failures in a row, at least 1
   */
  Duration delay(int failures) {
    int doublings = Math.min(failures - 1, 30);
    long bound = Math.min(most.toMillis(), first.toMillis() << doublings);
    return Duration.ofMillis(1 + random.nextLong(bound));
  }
}
