package org.candor.source.dcos.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.candor.http.json.JsonFormatException;

/**
 * Reads JSON (RFC 8259, in UTF-8) off a stream, forwards only, within fixed bounds of memory
 * whatever comes: strings end at {@link #STRING_LIMIT}, texts and numbers that are kept at {@link
 * #TEXT_LIMIT}, nesting at {@link #DEPTH_LIMIT}.
 *
 * <p>Gson's {@code JsonReader} makes a {@code String} of every name and keeps a name of any length;
 * over a diagnostics report it took 1.4 to 1.8 times its own {@code skipValue}, where the bound is
 * 1.5. This class compares names where they lie. What is skipped is checked as strictly as what is
 * read, except that malformed UTF-8 inside a string is not looked for; where text is kept it shows
 * as U+FFFD, as with any decoder of Java's.
 *
 * <p>For one thread. After an exception it must not be used again.
 */
public final class JsonScanner {

  /** Bytes of one string, as written. */
  public static final int STRING_LIMIT = 1 << 20;

  /** Bytes, as written, of one text, name or number that is kept. */
  public static final int TEXT_LIMIT = 1024;

  /** Objects and arrays inside each other. */
  public static final int DEPTH_LIMIT = 64;

  private final JsonLexer lexer;
  private final byte[] closers = new byte[DEPTH_LIMIT];
  private final boolean[] begun = new boolean[DEPTH_LIMIT];
  private int depth;

  public JsonScanner(InputStream in) {
    this.lexer = new JsonLexer(in);
  }

  /** Reads a document from its first token to its last. */
  @FunctionalInterface
  public interface Document<T> {
    T read(JsonScanner json) throws IOException;
  }

  /** Reads a whole document, and makes sure that nothing follows it. */
  public static <T> T read(InputStream body, Document<T> document) throws IOException {
    JsonScanner json = new JsonScanner(body);
    T value = document.read(json);
    json.end();
    return value;
  }

  /**
   * Enters the object that comes next.
   *
   * @return false when {@code null} stood in its place, which is how Go writes an empty map
   * @throws JsonFormatException when there is neither
   */
  public boolean beginObject() throws IOException {
    return begin('{', '}', "an object");
  }

  /** As {@link #beginObject}, for an array. */
  public boolean beginArray() throws IOException {
    return begin('[', ']', "an array");
  }

  /**
   * Moves to the next member of the object, or the next element of the array, that was entered
   * last.
   *
   * @return false when there is none; the object or array is then left
   */
  public boolean hasNext() throws IOException {
    int level = depth - 1;
    byte closer = closers[level];
    int next = lexer.peek();
    if (next == closer) {
      lexer.consume();
      depth = level;
      return false;
    }
    if (begun[level]) {
      if (next != ',') {
        throw lexer.unexpected(next, "a comma or " + (char) closer);
      }
      lexer.consume();
      next = lexer.peek();
    }
    begun[level] = true;
    if (closer == '}' && next != '"') {
      throw lexer.unexpected(next, "a name");
    }
    return true;
  }

  /** Reads a member's name. */
  public String name() throws IOException {
    String name = lexer.string();
    colon();
    return name;
  }

  /** Reads a member's name, keeping nothing, and says whether it is the given one. */
  public boolean nameIs(JsonName name) throws IOException {
    boolean same = lexer.stringIs(name);
    colon();
    return same;
  }

  /** Reads a member's name, keeping nothing. */
  public void skipName() throws IOException {
    lexer.skipString();
    colon();
  }

  /** Reads a string; empty for {@code null}. */
  public Optional<String> text() throws IOException {
    return isNullInsteadOf('"', "a string") ? Optional.empty() : Optional.of(lexer.string());
  }

  /** Reads a string, keeping nothing, and says whether it is empty or {@code null}. */
  public boolean textIsEmpty() throws IOException {
    return isNullInsteadOf('"', "a string") || lexer.skipString();
  }

  /** Reads a number; empty for {@code null}. */
  public Optional<Double> number() throws IOException {
    int next = lexer.peek();
    if (startsNumber(next)) {
      return Optional.of(lexer.number());
    }
    isNullInsteadOf('0', "a number");
    return Optional.empty();
  }

  /** Reads whatever value comes next, keeping nothing. */
  public void skipValue() throws IOException {
    int next = lexer.peek();
    switch (next) {
      case '"' -> lexer.skipString();
      case '{' -> {
        beginObject();
        while (hasNext()) {
          skipName();
          skipValue();
        }
      }
      case '[' -> {
        beginArray();
        while (hasNext()) {
          skipValue();
        }
      }
      case 't' -> lexer.literal("true");
      case 'f' -> lexer.literal("false");
      case 'n' -> lexer.literal("null");
      default -> {
        if (!startsNumber(next)) {
          throw lexer.unexpected(next, "a value");
        }
        lexer.skipNumber();
      }
    }
  }

  /** Checks that nothing follows but white space. */
  public void end() throws IOException {
    int next = lexer.peek();
    if (next != JsonLexer.END) {
      throw lexer.unexpected(next, "the end");
    }
  }

  /** For a reader that finds something missing or too much. */
  public JsonFormatException wrong(String what) {
    return lexer.wrong(what);
  }

  private boolean begin(char opener, char closer, String what) throws IOException {
    if (isNullInsteadOf(opener, what)) {
      return false;
    }
    if (depth == DEPTH_LIMIT) {
      throw lexer.wrong("more than " + DEPTH_LIMIT + " objects and arrays inside each other");
    }
    lexer.consume();
    closers[depth] = (byte) closer;
    begun[depth] = false;
    depth++;
    return true;
  }

  private boolean isNullInsteadOf(char first, String what) throws IOException {
    int next = lexer.peek();
    if (next == first) {
      return false;
    }
    if (next != 'n') {
      throw lexer.unexpected(next, what);
    }
    lexer.literal("null");
    return true;
  }

  private void colon() throws IOException {
    int next = lexer.peek();
    if (next != ':') {
      throw lexer.unexpected(next, "a colon");
    }
    lexer.consume();
  }

  private static boolean startsNumber(int next) {
    return next == '-' || (next >= '0' && next <= '9');
  }
}
