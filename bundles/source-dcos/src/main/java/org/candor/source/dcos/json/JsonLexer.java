package org.candor.source.dcos.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.candor.http.json.JsonFormatException;

/** The tokens of JSON, read off a stream through one buffer. */
final class JsonLexer {

  static final int END = -1;

  private static final int BUFFER_SIZE = 1 << 15;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private final byte[] kept = new byte[JsonScanner.TEXT_LIMIT];
  private int position;
  private int limit;
  private long read;

  JsonLexer(InputStream in) {
    this.in = in;
  }

  /** The byte after any white space, which is not consumed; {@link #END} at the end. */
  int peek() throws IOException {
    while (position < limit || fill()) {
      byte next = buffer[position];
      if (next > ' ' || (next != ' ' && next != '\n' && next != '\r' && next != '\t')) {
        return next & 0xff;
      }
      position++;
    }
    return END;
  }

  /** Consumes the byte that {@link #peek} has just shown. */
  void consume() {
    position++;
  }

  /** Consumes the string that {@link #peek} has just shown, and says whether it is empty. */
  boolean skipString() throws IOException {
    return scanString() == 0;
  }

  /** Consumes the string that {@link #peek} has just shown. */
  String string() throws IOException {
    return keptText(scanString());
  }

  /** Consumes the string that {@link #peek} has just shown, and says whether it is the given. */
  boolean stringIs(JsonName name) throws IOException {
    byte[] expected = name.utf8();
    int from = position + 1;
    int to = from + expected.length;
    if (to < limit
        && buffer[to] == '"'
        && Arrays.equals(buffer, from, to, expected, 0, expected.length)) {
      position = to + 1;
      return true;
    }
    int plain = plainUntil(from);
    if (plain < limit && buffer[plain] == '"') {
      position = plain + 1;
      return false;
    }
    int length = scanString();
    return length <= kept.length && keptText(length).equals(name.toString());
  }

  /** Consumes the number that {@link #peek} has just shown. */
  double number() throws IOException {
    double number = Double.parseDouble(keptText(scanNumber()));
    if (Double.isInfinite(number)) {
      throw wrong("a number beyond what a double holds");
    }
    return number;
  }

  void skipNumber() throws IOException {
    scanNumber();
  }

  void literal(String literal) throws IOException {
    for (int i = 0; i < literal.length(); i++) {
      int next = raw();
      if (next != literal.charAt(i)) {
        throw unexpected(next, literal);
      }
      position++;
    }
  }

  JsonFormatException unexpected(int found, String expected) {
    if (found == END) {
      return wrong("it ends where " + expected + " is due");
    }
    String shown =
        found > ' ' && found < 0x7f ? "'" + (char) found + "'" : String.format("byte %02x", found);
    return wrong(shown + " where " + expected + " is due");
  }

  JsonFormatException wrong(String what) {
    return new JsonFormatException(what + ", at byte " + (read - limit + position));
  }

  /**
   * @return bytes between the quotes, of which the first are in {@link #kept}
   */
  private int scanString() throws IOException {
    position++;
    int length = 0;
    while (true) {
      int plain = plainUntil(position);
      length = keep(length, plain);
      int next = raw();
      if (next == '"') {
        position++;
        return length;
      }
      if (next == '\\') {
        length = escape(length);
      } else if (next >= 0 && next < ' ') {
        throw unexpected(next, "the rest of a string");
      } else if (next == END) {
        throw unexpected(END, "the rest of a string");
      }
      if (length > JsonScanner.STRING_LIMIT) {
        throw wrong("a string of more than " + JsonScanner.STRING_LIMIT + " bytes");
      }
    }
  }

  private int plainUntil(int from) {
    byte[] bytes = buffer;
    int end = limit;
    int at = from;
    while (at < end) {
      byte next = bytes[at];
      if (next == '"' || next == '\\' || (next >= 0 && next < ' ')) {
        break;
      }
      at++;
    }
    return at;
  }

  private int escape(int length) throws IOException {
    int after = keep(length, position + 1);
    int escaped = raw();
    if (escaped == END || "\"\\/bfnrtu".indexOf(escaped) < 0) {
      throw unexpected(escaped, "an escape");
    }
    after = keep(after, position + 1);
    for (int digits = escaped == 'u' ? 4 : 0; digits > 0; digits--) {
      int digit = raw();
      if (digit == END || Character.digit(digit, 16) < 0) {
        throw unexpected(digit, "a hexadecimal digit");
      }
      after = keep(after, position + 1);
    }
    return after;
  }

  private int scanNumber() throws IOException {
    int length = 0;
    if (raw() == '-') {
      length = keep(length, position + 1);
    }
    length = raw() == '0' ? keep(length, position + 1) : digits(length);
    if (raw() == '.') {
      length = digits(keep(length, position + 1));
    }
    int exponent = raw();
    if (exponent == 'e' || exponent == 'E') {
      length = keep(length, position + 1);
      int sign = raw();
      length = digits(sign == '+' || sign == '-' ? keep(length, position + 1) : length);
    }
    return length;
  }

  private int digits(int length) throws IOException {
    int after = length;
    int next = raw();
    if (next < '0' || next > '9') {
      throw unexpected(next, "a digit");
    }
    while (next >= '0' && next <= '9') {
      after = keep(after, position + 1);
      if (after > kept.length) {
        throw wrong("a number of more than " + kept.length + " characters");
      }
      next = raw();
    }
    return after;
  }

  /** Consumes up to the given position and keeps as much of it as there is room for. */
  private int keep(int length, int to) {
    int bytes = to - position;
    if (length < kept.length) {
      System.arraycopy(buffer, position, kept, length, Math.min(bytes, kept.length - length));
    }
    position = to;
    return length + bytes;
  }

  private String keptText(int length) throws JsonFormatException {
    if (length > kept.length) {
      throw wrong("a text of more than " + kept.length + " bytes");
    }
    return JsonEscapes.resolve(new String(kept, 0, length, StandardCharsets.UTF_8));
  }

  private int raw() throws IOException {
    return position < limit || fill() ? buffer[position] & 0xff : END;
  }

  private boolean fill() throws IOException {
    int bytes;
    do {
      bytes = in.read(buffer, 0, buffer.length);
    } while (bytes == 0);
    position = 0;
    limit = Math.max(bytes, 0);
    read += limit;
    return bytes > 0;
  }
}
