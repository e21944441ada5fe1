package org.candor.http.server;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Memory budget of request bodies: all of them together hold no more than this. Who needs more than
 * is left waits, and meanwhile clients are cut off, one after the other, that hold some of it and
 * stall. Thread-safe.
 */
final class ByteBudget {

  private static final long WAIT_NANOS = Duration.ofSeconds(3).toNanos();
  private static final long BETWEEN_NANOS = Duration.ofMillis(20).toNanos();
  private static final long STEP_MILLIS = 10;

  private final long most;
  private final BooleanSupplier relieve;
  private long taken;
  private long relievedAt = System.nanoTime();

  /**
   * @param most bytes
   * @param relieve cuts off a client that has others wait; false when there is none
   */
  ByteBudget(long most, BooleanSupplier relieve) {
    this.most = most;
    this.relieve = relieve;
  }

  /**
   * Takes so many bytes.
   *
   * @throws OverloadException when there are not so many after three seconds
   */
  void take(long bytes) throws OverloadException {
    long begin = System.nanoTime();
    while (!taken(bytes)) {
      if (isTime()) {
        relieve.getAsBoolean();
      }
      if (System.nanoTime() - begin > WAIT_NANOS) {
        throw new OverloadException();
      }
      await();
    }
  }

  private synchronized boolean isTime() {
    long now = System.nanoTime();
    boolean time = now - relievedAt > BETWEEN_NANOS;
    relievedAt = time ? now : relievedAt;
    return time;
  }

  private synchronized boolean taken(long bytes) {
    if (taken + bytes > most) {
      return false;
    }
    taken += bytes;
    return true;
  }

  private synchronized void await() throws OverloadException {
    try {
      wait(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OverloadException();
    }
  }

  synchronized void giveBack(long bytes) {
    taken -= bytes;
    notifyAll();
  }

  synchronized long taken() {
    return taken;
  }
}
