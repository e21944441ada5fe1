package org.candor.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Body in the chunked coding (RFC 9112, 7.1). Extensions and trailers are read and ignored. For one
 * thread.
 */
final class ChunkedInput extends InputStream {

  private static final int LINE = 1024;
  private static final int TRAILERS = 8 << 10;
  private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(;.*)?");

  private final InputStream in;
  private long left;
  private boolean first = true;
  private boolean over;

  ChunkedInput(InputStream in) {
    this.in = in;
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
    if (left == 0 && !nextChunk()) {
      return -1;
    }
    int read = in.read(to, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw new IOException("The client has left.");
    }
    left -= read;
    return read;
  }

  private boolean nextChunk() throws IOException {
    if (!first && !new LineReader(in, 2, 400).next().isEmpty()) {
      throw new BadRequestException("A chunk is longer than it says.");
    }
    first = false;
    Matcher size = SIZE.matcher(new LineReader(in, LINE, 400).next());
    if (!size.matches()) {
      throw new BadRequestException(
          "The body has a chunk whose length is not a hexadecimal number"
              + " of 15 digits at most.");
    }
    left = Long.parseLong(size.group(1), 16);
    if (left == 0) {
      over = true;
      LineReader trailers = new LineReader(in, TRAILERS, 400);
      while (!trailers.next().isEmpty()) {
        continue;
      }
    }
    return !over;
  }
}
