package org.candor.http.server;

import java.io.IOException;
import java.io.OutputStream;

/** Writes to a client that is cut off when it does not read, from whatever thread. */
public final class WatchedOutput extends OutputStream {

  private final OutputStream out;
  private final Watchdog watchdog;

  public WatchedOutput(OutputStream out, Watchdog watchdog) {
    this.out = out;
    this.watchdog = watchdog;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    watched(() -> out.write(from, offset, length));
  }

  @Override
  public void flush() throws IOException {
    watched(out::flush);
  }

  @Override
  public void close() throws IOException {
    watched(out::close);
  }

  private void watched(Writing writing) throws IOException {
    watchdog.begin();
    try {
      writing.write();
    } finally {
      watchdog.end();
    }
  }

  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }
}
