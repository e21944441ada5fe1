package org.candor.rest.gate;

import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.candor.rest.response.RefusedRequestException;

/**
 * Bulkhead: so many requests of one kind are worked on at a time and the others wait for their
 * turn, so that what anybody may send takes no thread from who signs in. A turn ends when the
 * response begins: a client that does not read it keeps nobody waiting. Thread-safe.
 */
final class Lane {

  private static final int PATIENCE_SECONDS = 5;

  private final Semaphore turns;

  /**
   * @param most requests at a time
   */
  Lane(int most) {
    turns = new Semaphore(most, true);
  }

  /**
   * Waits for a turn.
   *
   * @return gives it back, the first time that it is run
   * @throws RefusedRequestException when there is none for five seconds
   */
  Runnable enter() throws RefusedRequestException {
    try {
      if (turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        AtomicBoolean over = new AtomicBoolean();
        return () -> {
          if (!over.getAndSet(true)) {
            turns.release();
          }
        };
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new RefusedRequestException(
        503, "There is too much to do; try again.", Map.of("Retry-After", "1"));
  }
}
