package org.candor.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Body of a request. It counts against the {@link ByteBudget} until the exchange ends: as long as
 * it says that it is, up to a bound, before anything is read, so that those who wait for their turn
 * hold nothing; and more as it is read. A small one does not count: connections are bounded, and
 * who sends little waits for nobody who sends much. A client that waits for {@code 100 Continue}
 * gets it with the first read. For one thread.
 */
final class RequestBody extends InputStream {

  /** Sends {@code 100 Continue}. */
  @FunctionalInterface
  interface Start {
    void go() throws IOException;
  }

  private static final int MOST_SKIPPED = 64 << 10;
  private static final long AHEAD = 1 << 20;
  private static final long SMALL = 64 << 10;

  private final ConnectionInput connection;
  private final InputStream in;
  private final Duration limit;
  private final ByteBudget budget;
  private final Start start;
  private boolean begun;
  private boolean over;
  private final long ahead;
  private volatile long counted;
  private long total;

  /**
   * @param limit how long the client may take to send it
   * @param start done before the first read
   */
  RequestBody(
      ConnectionInput connection,
      BodyFraming framing,
      Duration limit,
      ByteBudget budget,
      Start start) {
    this.connection = connection;
    this.in =
        framing.chunked()
            ? new ChunkedInput(connection)
            : new FixedInput(connection, framing.length());
    this.limit = limit;
    this.budget = budget;
    this.start = start;
    this.over = framing.isEmpty();
    this.ahead = framing.length() > SMALL ? Math.min(AHEAD, framing.length()) : 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (over) {
      return -1;
    }
    begin();
    int read = in.read(to, offset, length);
    if (read < 0) {
      over = true;
      return -1;
    }
    total += read;
    if (total > Math.max(SMALL, counted)) {
      reserve(total - counted);
    }
    return read;
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      connection.phase(limit);
      reserve(ahead);
      start.go();
    }
  }

  /** Forgets what was read. */
  void release() {
    budget.giveBack(counted);
    hold(0);
  }

  private void reserve(long bytes) throws IOException {
    connection.reserve(budget, bytes);
    hold(counted + bytes);
  }

  private void hold(long bytes) {
    counted = bytes;
  }

  /** Whether something that was read counts. */
  boolean isHeld() {
    return counted > 0;
  }

  /**
   * Reads what nobody has read, unless that is much or was not begun.
   *
   * @return whether the next request can be read
   */
  boolean skipRest(boolean awaitsContinue) throws IOException {
    if (awaitsContinue && !begun && !over) {
      return false;
    }
    if (!begun) {
      connection.phase(limit);
    }
    byte[] scrap = new byte[4096];
    int skipped = 0;
    while (!over && skipped < MOST_SKIPPED) {
      int read = in.read(scrap);
      over = read < 0;
      skipped += Math.max(0, read);
    }
    return over;
  }
}
