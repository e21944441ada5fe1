package org.candor.source.crash;

import java.time.Duration;
import org.candor.api.retry.Backoff;
import org.candor.api.retry.FailureCount;

/** Retry policy for what fails on this machine: after a second at first, a minute at most. */
public final class RetryPolicy {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(1);

  private RetryPolicy() {}

  /** Begins to count; for one thread. */
  public static FailureCount newCount() {
    return new FailureCount(new Backoff(FIRST, FIRST, MOST, Math::random));
  }
}
