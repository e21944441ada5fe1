package org.candor.format.sentry;

import java.io.Writer;

/** Collects a text, for one thread and without locks. */
final class TextWriter extends Writer {

  private static final int ROOM_FOR_MOST = 4096;

  private final StringBuilder text = new StringBuilder(ROOM_FOR_MOST);

  @Override
  public void write(int character) {
    text.append((char) character);
  }

  @Override
  public void write(char[] characters, int offset, int length) {
    text.append(characters, offset, length);
  }

  @Override
  public void write(String string) {
    text.append(string);
  }

  @Override
  public void write(String string, int offset, int length) {
    if (length == string.length()) {
      // At once, and not character by character.
      text.append(string);
    } else {
      text.append(string, offset, offset + length);
    }
  }

  @Override
  public TextWriter append(CharSequence sequence) {
    text.append(sequence);
    return this;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return text.toString();
  }
}
