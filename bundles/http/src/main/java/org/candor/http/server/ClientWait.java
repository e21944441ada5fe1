package org.candor.http.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** One thread's waiting for its client. Thread-safe. */
final class ClientWait {

  private final Thread thread;
  private final long since;
  private boolean over;
  private boolean cut;
  private Future<?> look = CompletableFuture.completedFuture(null);

  /**
   * @param since {@link System#nanoTime()}
   */
  ClientWait(Thread thread, long since) {
    this.thread = thread;
    this.since = since;
  }

  /** What looks next at how long it takes; not any more when it is over. */
  synchronized void look(Future<?> next) {
    look = next;
    if (over) {
      next.cancel(false);
    }
  }

  /**
   * Interrupts the thread if it waits for longer than that.
   *
   * @return whether there is nothing left to look at
   */
  synchronized boolean cutIfLongerThan(Duration limit) {
    if (!over && System.nanoTime() - since > limit.toNanos()) {
      over = true;
      cut = true;
      thread.interrupt();
    }
    return over;
  }

  /**
   * The thread waits no more, and is not interrupted from now on.
   *
   * @return whether it was
   */
  synchronized boolean end() {
    over = true;
    look.cancel(false);
    return cut;
  }
}
