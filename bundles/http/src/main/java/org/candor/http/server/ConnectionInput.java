package org.candor.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Buffered input of a connection, in phases: whatever is read within one must have come within its
 * time limit, so that a client that sends a byte now and then gains nothing. For one thread.
 */
final class ConnectionInput extends InputStream {

  private static final int SIZE = 8192;

  private final InputStream in;
  private final ClientWait wait;
  private final byte[] buffer = new byte[SIZE];
  private int at;
  private int end;
  private long since = System.nanoTime();
  private Duration most = Duration.ZERO;

  ConnectionInput(InputStream in, ClientWait wait) {
    this.in = in;
    this.wait = wait;
  }

  /** From now on the client may take so long for what is read. */
  void phase(Duration limit) {
    since = System.nanoTime();
    most = limit;
  }

  /** Takes something of a budget; meanwhile the client may be cut off to make way for others. */
  void reserve(ByteBudget budget, long bytes) throws IOException {
    wait.begin(since, most);
    try {
      budget.take(bytes);
    } finally {
      wait.end();
    }
  }

  /** Waits for the next byte, and leaves it there; false when there is none any more. */
  boolean hasMore() throws IOException {
    return at < end || fill();
  }

  /** Whether there is something that was not read yet. */
  boolean isBuffered() {
    return at < end;
  }

  /**
   * Lets the client wait for so long.
   *
   * @param socket whose input this is
   * @throws IOException when the client closes the connection meanwhile
   */
  void pause(Socket socket, Duration duration) throws IOException {
    long until = System.nanoTime() + duration.toNanos();
    if (at == end) {
      at = 0;
      end = 0;
      socket.setSoTimeout((int) Math.max(1, duration.toMillis()));
      try {
        end = in.read(buffer);
      } catch (SocketTimeoutException e) {
        return;
      } finally {
        end = Math.max(0, end);
        socket.setSoTimeout(0);
      }
      if (end == 0) {
        throw new IOException("The client has left.");
      }
    }
    // It sends its next request already.
    LockSupport.parkNanos(until - System.nanoTime());
  }

  private boolean fill() throws IOException {
    at = 0;
    end = 0;
    wait.begin(since, most);
    try {
      end = Math.max(0, in.read(buffer));
    } finally {
      wait.end();
    }
    return end > 0;
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? buffer[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(buffer, at, to, offset, count);
    at += count;
    return count;
  }
}
