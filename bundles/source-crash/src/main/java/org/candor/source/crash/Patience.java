package org.candor.source.crash;

import java.time.Duration;

/** How long to wait before what failed is tried again: from a second, doubling, to a minute. */
public final class Patience {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(1);

  private Duration next = FIRST;

  /** The wait after one more failure. */
  public Duration failed() {
    Duration wait = next;
    next = next.multipliedBy(2).compareTo(MOST) < 0 ? next.multipliedBy(2) : MOST;
    return wait;
  }

  public void succeeded() {
    next = FIRST;
  }
}
