package org.candor.core.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.candor.api.retry.Backoff;
import org.candor.core.work.Ticker;

/** Retry timer: when to try again after some failures in a row, in elapsed time. For one thread. */
public final class RetryTimer {

  private final Backoff backoff;
  private final Clock clock;
  private final Ticker ticker;
  private int failures;
  private OptionalLong due = OptionalLong.empty();

  /** A bound of 5 seconds after the first failure, which doubles up to a quarter of an hour. */
  public static Backoff usual(RandomGenerator random) {
    return new Backoff(
        Duration.ofMillis(1), Duration.ofSeconds(5), Duration.ofMinutes(15), random::nextDouble);
  }

  public RetryTimer(Backoff backoff, Clock clock, Ticker ticker) {
    this.backoff = backoff;
    this.clock = clock;
    this.ticker = ticker;
  }

  public void failed() {
    failures++;
    wait(backoff.delay(failures));
  }

  /** It failed for a reason that may pass at any moment, and a try costs little. */
  public void failed(Duration wait) {
    failures++;
    wait(wait);
  }

  /** Whoever waits waits no longer than this from now on: others have succeeded. */
  public void hasten(Duration most) {
    if (left().compareTo(most) > 0) {
      wait(most);
    }
  }

  private void wait(Duration time) {
    due = OptionalLong.of(ticker.nanos() + time.toNanos());
  }

  public void succeeded() {
    failures = 0;
    due = OptionalLong.empty();
  }

  /** When the next try is due; empty when nothing failed. */
  public Optional<Instant> at() {
    return due.isPresent() ? Optional.of(clock.instant().plus(left())) : Optional.empty();
  }

  /** Whether it is too early to try. */
  public boolean isWaiting() {
    return !left().isZero();
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, due.orElse(ticker.nanos()) - ticker.nanos()));
  }
}
