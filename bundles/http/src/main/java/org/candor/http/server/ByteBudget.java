package org.candor.http.server;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Memory budget of request bodies: all of them together hold no more than this. Who asks for more
 * than is left has a client cut off that holds some and keeps it waiting. Thread-safe.
 */
final class ByteBudget {

  private static final long WAIT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long STEP_MILLIS = 20;

  private final long most;
  private final BooleanSupplier relieve;
  private long taken;

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
   * @throws OverloadException when there are not so many after a second
   */
  void take(int bytes) throws OverloadException {
    long begin = System.nanoTime();
    while (!taken(bytes)) {
      relieve.getAsBoolean();
      if (System.nanoTime() - begin > WAIT_NANOS) {
        throw new OverloadException();
      }
      await();
    }
  }

  private synchronized boolean taken(int bytes) {
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
