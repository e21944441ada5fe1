package org.candor.source.storageos.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON document from its first token to its last, and keeps none of it. A {@code null}
 * stands for an empty list, an object without members and an empty text alike, as Go writes them.
 *
 * <p>Whatever is wrong with the document is a {@link JsonFormatException}; any other exception
 * comes from the stream. The bounds are gson's own on nesting, and {@link BoundedReader#LIMIT} on a
 * single token, whether it is read or skipped.
 */
public final class Json {

  private static final int DEPTH = 64;

  private final BoundedReader text;
  private final JsonReader reader;

  public Json(InputStream document) {
    text = new BoundedReader(new InputStreamReader(document, StandardCharsets.UTF_8));
    reader = new JsonReader(text);
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(DEPTH);
  }

  /** Reads one item of a list, all of it. */
  @FunctionalInterface
  public interface Item {
    void read() throws IOException;
  }

  /** Reads the value of one member of an object, or skips it. */
  @FunctionalInterface
  public interface Member {
    void read(String name) throws IOException;
  }

  /** Reads a list. */
  public void items(Item item) throws IOException {
    if (isNull()) {
      return;
    }
    token(reader::beginArray);
    while (more()) {
      item.read();
    }
    token(reader::endArray);
  }

  /** Reads an object. */
  public void members(Member member) throws IOException {
    if (isNull()) {
      return;
    }
    token(reader::beginObject);
    while (more()) {
      member.read(token(reader::nextName));
    }
    token(reader::endObject);
  }

  /** Reads a string. */
  public String text() throws IOException {
    if (isNull()) {
      return "";
    }
    require(JsonToken.STRING);
    return token(reader::nextString);
  }

  /** Reads a whole number that is not negative. */
  public long count() throws IOException {
    require(JsonToken.NUMBER);
    long count = token(reader::nextLong);
    if (count < 0) {
      throw wrong("a number below 0");
    }
    return count;
  }

  /** Reads a value of any type and forgets it. */
  public void skip() throws IOException {
    int depth = 0;
    do {
      switch (peek()) {
        case BEGIN_ARRAY -> {
          token(reader::beginArray);
          depth++;
        }
        case BEGIN_OBJECT -> {
          token(reader::beginObject);
          depth++;
        }
        case END_ARRAY -> {
          token(reader::endArray);
          depth--;
        }
        case END_OBJECT -> {
          token(reader::endObject);
          depth--;
        }
        default -> token(reader::skipValue);
      }
    } while (depth > 0);
  }

  /** Makes sure that nothing follows. */
  public void end() throws IOException {
    require(JsonToken.END_DOCUMENT);
  }

  /** What was read cannot be used. */
  public JsonFormatException wrong(String what) {
    return new JsonFormatException(what + " at " + reader.getPath());
  }

  private boolean isNull() throws IOException {
    if (peek() != JsonToken.NULL) {
      return false;
    }
    token(reader::nextNull);
    return true;
  }

  private void require(JsonToken due) throws IOException {
    JsonToken there = peek();
    if (there != due) {
      throw wrong(there + " where " + due + " is due");
    }
  }

  private JsonToken peek() throws IOException {
    return token(reader::peek);
  }

  private boolean more() throws IOException {
    return token(reader::hasNext);
  }

  private void token(Step step) throws IOException {
    token(
        () -> {
          step.take();
          return true;
        });
  }

  private <T> T token(Read<T> read) throws IOException {
    text.next();
    try {
      return read.read();
    } catch (EOFException e) {
      if (text.ended()) {
        throw new JsonFormatException("it ends too early, at " + reader.getPath(), e);
      }
      throw e;
    } catch (MalformedJsonException | IllegalStateException | NumberFormatException e) {
      throw new JsonFormatException(firstLine(e), e);
    }
  }

  // gson adds an address of its own manual.
  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  @FunctionalInterface
  private interface Step {
    void take() throws IOException;
  }

  @FunctionalInterface
  private interface Read<T> {
    T read() throws IOException;
  }
}
