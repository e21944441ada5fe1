package org.candor.http.server;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection's waiting for its client: since when, and how long it may last. Who waits may be cut
 * off; who does not is being answered, and is never. Thread-safe.
 */
final class ClientWait {

  private static final Logger LOG = LoggerFactory.getLogger(ClientWait.class);

  private static final long STALLED_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LONG_NANOS = Duration.ofSeconds(2).toNanos();

  private final Closeable connection;
  private boolean waiting;
  private boolean over;
  private long since;
  private long blockedSince;
  private long limit;

  /**
   * @param connection closed to cut the client off
   */
  ClientWait(Closeable connection) {
    this.connection = connection;
  }

  /**
   * It begins to wait.
   *
   * @param phase {@link System#nanoTime()} when what it waits for began
   */
  synchronized void begin(long phase, Duration most) throws IOException {
    if (over) {
      throw new IOException("The client was cut off.");
    }
    waiting = true;
    since = phase;
    blockedSince = System.nanoTime();
    limit = most.toNanos();
  }

  synchronized void end() {
    waiting = false;
  }

  synchronized boolean isWaiting() {
    return waiting;
  }

  /** Whether the client sends nothing, or has sent for long already. */
  synchronized boolean isStalled(long now) {
    return waiting && (now - blockedSince > STALLED_NANOS || now - since > LONG_NANOS);
  }

  /** How many nanoseconds it has waited. */
  synchronized long age(long now) {
    return now - since;
  }

  /** Cuts the client off if it takes longer than it may. */
  synchronized void cutIfOverdue(long now) {
    if (waiting && now - since > limit) {
      cut();
    }
  }

  /**
   * Cuts the client off if it is waited for.
   *
   * @return whether it was
   */
  synchronized boolean cutIfWaiting() {
    if (waiting) {
      cut();
      return true;
    }
    return false;
  }

  /** Cuts the client off. */
  synchronized void cut() {
    over = true;
    waiting = false;
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("A connection was not closed", e);
    }
  }
}
