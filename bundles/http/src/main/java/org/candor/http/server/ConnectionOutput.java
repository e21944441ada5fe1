package org.candor.http.server;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Output of a connection, each write of which the client may have wait for so long only. */
final class ConnectionOutput extends OutputStream {

  private final OutputStream out;
  private final ClientWait wait;
  private final Duration most;

  ConnectionOutput(OutputStream out, ClientWait wait, Duration most) {
    this.out = out;
    this.wait = wait;
    this.most = most;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    wait.begin(System.nanoTime(), most);
    try {
      out.write(from, offset, length);
    } finally {
      wait.end();
    }
  }
}
