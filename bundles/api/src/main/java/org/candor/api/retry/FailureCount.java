package org.candor.api.retry;

import java.time.Duration;

/** Retry state: the failures in a row, and the {@link Backoff} after each. For one thread. */
public final class FailureCount {

  private final Backoff backoff;
  private int failures;

  public FailureCount(Backoff backoff) {
    this.backoff = backoff;
  }

  /** One more failure; says how long to wait before the next attempt. */
  public Duration failed() {
    failures++;
    return backoff.delay(failures);
  }

  /** The next failure is the first of a new row. */
  public void succeeded() {
    failures = 0;
  }
}
