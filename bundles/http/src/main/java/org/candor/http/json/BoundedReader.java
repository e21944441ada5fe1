package org.candor.http.json;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Size-limited reader: gives no more characters than one token may have, until the next token is
 * asked for.
 */
public final class BoundedReader extends FilterReader {

  private final int limit;
  private int left;
  private boolean ended;

  public BoundedReader(Reader in, int limit) {
    super(in);
    this.limit = limit;
    this.left = limit;
  }

  /** Begins another token. */
  public void next() {
    left = limit;
  }

  /** Whether all there was has been read. */
  public boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (left <= 0) {
      throw new JsonFormatException("a string of more than " + limit + " characters");
    }
    int count = super.read(target, offset, length);
    ended = ended || count < 0;
    left -= Math.max(count, 0);
    return count;
  }
}
