package org.candor.core.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.candor.api.retry.Backoff;

/** Retry timer: when to try again after some failures in a row. For one thread. */
public final class RetryTimer {

  private final Backoff backoff;
  private final Clock clock;
  private int failures;
  private Optional<Instant> at = Optional.empty();

  /** A bound of 5 seconds after the first failure, which doubles up to a quarter of an hour. */
  public static Backoff usual(RandomGenerator random) {
    return new Backoff(
        Duration.ofMillis(1), Duration.ofSeconds(5), Duration.ofMinutes(15), random::nextDouble);
  }

  public RetryTimer(Backoff backoff, Clock clock) {
    this.backoff = backoff;
    this.clock = clock;
  }

  public void failed() {
    failures++;
    at = Optional.of(clock.instant().plus(backoff.delay(failures)));
  }

  public void succeeded() {
    failures = 0;
    at = Optional.empty();
  }

  /** When the next try is due; empty when nothing failed. */
  public Optional<Instant> at() {
    return at;
  }

  /** Whether it is too early to try. A clock that was set back makes nobody wait longer. */
  public boolean isWaiting() {
    return at.map(due -> Duration.between(clock.instant(), due))
        .filter(wait -> !wait.isNegative() && !wait.isZero())
        .filter(wait -> wait.compareTo(backoff.most()) <= 0)
        .isPresent();
  }
}
