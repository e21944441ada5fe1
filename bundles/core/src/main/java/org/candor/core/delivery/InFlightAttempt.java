package org.candor.core.delivery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.candor.api.Deadline;

/** An attempt that has not landed. */
final class InFlightAttempt {

  private final Deadline deadline;
  private final CountDownLatch landed = new CountDownLatch(1);

  InFlightAttempt(Deadline deadline) {
    this.deadline = deadline;
  }

  Deadline deadline() {
    return deadline;
  }

  void land() {
    landed.countDown();
  }

  /** Waits for the landing, no longer than the given time. */
  void awaitLanding(Duration most) {
    try {
      landed.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
