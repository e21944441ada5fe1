package org.candor.source.crash.command;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a command that ended stays down: the first time as configured, then twice as long each
 * time, up to five minutes, less up to a quarter by chance, so that many hosts do not start theirs
 * at once. A run of a minute begins anew.
 */
final class RestartDelay {

  private static final Duration MOST = Duration.ofMinutes(5);
  private static final Duration STEADY = Duration.ofMinutes(1);
  private static final int SHARE = 4;

  private final RandomGenerator random;
  private Duration last = Duration.ZERO;

  RestartDelay(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The wait after a run.
   *
   * @param ran how long it was
   * @param first the configured delay
   */
  Duration after(Duration ran, Duration first) {
    boolean anew = last.isZero() || ran.compareTo(STEADY) >= 0;
    Duration next = anew ? first : last.multipliedBy(2);
    last = next.compareTo(MOST) < 0 ? next : MOST;
    long most = last.toMillis();
    return Duration.ofMillis(most - random.nextLong(most / SHARE + 1));
  }

  void anew() {
    last = Duration.ZERO;
  }
}
