package org.candor.core.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Backpressure: whoever brings more waits while the outbox is crowded and the delivery worker takes
 * from it, so that nothing of it is dropped because more comes. When the worker takes nothing,
 * nobody waits, and the bounds of the outbox say what goes. Thread-safe.
 */
final class Backpressure {

  /** How full the outbox may be before those who bring more wait. */
  private static final double CROWDED = 0.5;

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** A worker that came by lately is still at work. */
  private static final Duration LATELY = Duration.ofMillis(250);

  private final DoubleSupplier fill;
  private long workerSeen = System.nanoTime() - LATELY.toNanos();

  /**
   * @param fill how full the outbox is, from 0 to 1; from memory
   */
  Backpressure(DoubleSupplier fill) {
    this.fill = fill;
  }

  /** The delivery worker is about to take something, or took it: those who wait look again. */
  synchronized void workerCame() {
    workerSeen = System.nanoTime();
    notifyAll();
  }

  /**
   * Waits for room.
   *
   * @throws IOException when there is none in time
   */
  synchronized void awaitRoom() throws IOException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    for (long idle = untilIdle(); fill.getAsDouble() > CROWDED && idle > 0; idle = untilIdle()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new IOException(
            "More events come than leave; those that wait go first. Offer these again later.");
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, idle));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while others had their turn.");
      }
    }
  }

  /** How long until the worker counts as idle, in nanoseconds. */
  private long untilIdle() {
    return LATELY.toNanos() - (System.nanoTime() - workerSeen);
  }
}
