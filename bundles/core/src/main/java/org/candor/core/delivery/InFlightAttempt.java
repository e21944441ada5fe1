package org.candor.core.delivery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.candor.api.Deadline;

/** In-flight attempt: one that has no answer yet. Thread-safe. */
final class InFlightAttempt {

  private final Deadline deadline;
  private final CountDownLatch ended = new CountDownLatch(1);

  InFlightAttempt(Deadline deadline) {
    this.deadline = deadline;
  }

  Deadline deadline() {
    return deadline;
  }

  void end() {
    ended.countDown();
  }

  /** Waits for the landing, no longer than the given time. */
  void awaitEnd(Duration most) {
    try {
      ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
