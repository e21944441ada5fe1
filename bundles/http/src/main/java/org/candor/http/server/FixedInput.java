package org.candor.http.server;

import java.io.IOException;
import java.io.InputStream;

/** Body of a length that is known. For one thread. */
final class FixedInput extends InputStream {

  private final InputStream in;
  private long left;

  FixedInput(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = in.read(to, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw new IOException("The client has left.");
    }
    left -= read;
    return read;
  }
}
