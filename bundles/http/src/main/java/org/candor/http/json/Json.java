package org.candor.http.json;

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
 * Reads one JSON document (RFC 8259, in UTF-8) from its first token to its last, and keeps none of
 * it. A {@code null} stands for an empty list, an object without members and an empty text alike,
 * as Go writes them.
 *
 * <p>Whatever is wrong with the document is a {@link JsonFormatException}, also that it is beyond
 * the limits; any other exception comes from the stream. For one thread.
 */
public final class Json {

  private final BoundedReader text;
  private final JsonReader reader;

  public Json(InputStream document, JsonLimits limits) {
    InputStream bytes = new BoundedStream(document, limits.document());
    text = new BoundedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), limits.token());
    reader = new JsonReader(text);
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(limits.depth());
  }

  /** Reads a document from its first token to its last. */
  @FunctionalInterface
  public interface Document<T> {
    T read(Json json) throws IOException;
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

  /** Reads a whole document, and makes sure that nothing follows it. */
  public static <T> T read(InputStream body, JsonLimits limits, Document<T> document)
      throws IOException {
    Json json = new Json(body, limits);
    T value = document.read(json);
    json.end();
    return value;
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
    require(JsonToken.STRING, "a string");
    return token(reader::nextString);
  }

  /** Reads a string; what is none is skipped. */
  public String textOrElse(String other) throws IOException {
    if (peek() != JsonToken.STRING) {
      skip();
      return other;
    }
    return token(reader::nextString);
  }

  /** Reads a whole number that is not negative. */
  public long count() throws IOException {
    require(JsonToken.NUMBER, "a number");
    long count = token(reader::nextLong);
    if (count < 0) {
      throw wrong("a number below 0");
    }
    return count;
  }

  /** Reads a whole number; what is no number at all is skipped. */
  public int wholeOrElse(int other) throws IOException {
    if (peek() != JsonToken.NUMBER) {
      skip();
      return other;
    }
    return token(reader::nextInt);
  }

  /** Reads {@code true} or {@code false}. */
  public boolean flag() throws IOException {
    return token(reader::nextBoolean);
  }

  /** Reads a value of any type, and gives it as one would write it, an object or list by name. */
  public String shown() throws IOException {
    JsonToken there = peek();
    if (there == JsonToken.STRING) {
      return "\"" + token(reader::nextString) + "\"";
    }
    if (there == JsonToken.NUMBER) {
      return token(reader::nextString);
    }
    skip();
    return there == JsonToken.BEGIN_ARRAY ? "a list" : "an object";
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
    require(JsonToken.END_DOCUMENT, "the end");
  }

  /** What was read cannot be used. */
  public JsonFormatException wrong(String what) {
    return new JsonFormatException(what + " at " + reader.getPath());
  }

  /** Whether a {@code null} is next, which is then read. */
  public boolean isNull() throws IOException {
    if (peek() != JsonToken.NULL) {
      return false;
    }
    token(reader::nextNull);
    return true;
  }

  /** Whether {@code true} or {@code false} is next. */
  public boolean isFlag() throws IOException {
    return peek() == JsonToken.BOOLEAN;
  }

  private void require(JsonToken due, String called) throws IOException {
    JsonToken there = peek();
    if (there != due) {
      throw wrong(there + " where " + called + " is due");
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

  // gson adds an address of its own manual, and tells its caller what else to call.
  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message).replaceFirst("^Use \\S+ to accept ", "");
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
