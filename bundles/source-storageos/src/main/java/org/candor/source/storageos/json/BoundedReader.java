package org.candor.source.storageos.json;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Gives no more characters than one token may have, until the next token is asked for. */
final class BoundedReader extends FilterReader {

  /** Characters of one token, and of the white space around it. */
  static final int LIMIT = 1 << 18;

  private int left = LIMIT;
  private boolean ended;

  BoundedReader(Reader in) {
    super(in);
  }

  /** Begins another token. */
  void next() {
    left = LIMIT;
  }

  /** Whether all there was has been read. */
  boolean ended() {
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
      throw new JsonFormatException("a string of more than " + LIMIT + " characters");
    }
    int count = super.read(target, offset, length);
    ended = ended || count < 0;
    left -= Math.max(count, 0);
    return count;
  }
}
