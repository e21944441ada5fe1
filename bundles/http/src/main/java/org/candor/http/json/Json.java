package org.candor.http.json;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.CharArrayReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
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

  private static final TypeAdapter<JsonElement> TREES = new Gson().getAdapter(JsonElement.class);

  private final BoundedReader text;
  private final JsonReader reader;

  /** A document that comes bit by bit; what is not UTF-8 in it is read as U+FFFD. */
  public Json(InputStream document, JsonLimits limits) {
    this(
        new InputStreamReader(
            new BoundedStream(document, limits.document()), StandardCharsets.UTF_8),
        limits);
  }

  private Json(Reader document, JsonLimits limits) {
    text = new BoundedReader(document, limits.token());
    reader = new JsonReader(text);
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(limits.depth());
  }

  /**
   * A document that is all there.
   *
   * @throws JsonFormatException when it is too large
   * @throws CharacterCodingException when it is not UTF-8
   */
  public static Json of(ByteBuffer document, JsonLimits limits) throws IOException {
    if (document.remaining() > limits.document()) {
      throw new JsonFormatException("more than " + limits.document() + " bytes");
    }
    CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(document);
    return new Json(new CharArrayReader(text.array(), text.arrayOffset(), text.length()), limits);
  }

  /** Reads a document from its first token to its last. */
  @FunctionalInterface
  public interface Document<T> {
    T read(Json json) throws IOException;
  }

  /**
   * Reads one item of a list, all of it.
   *
   * @param <E> what else it throws
   */
  @FunctionalInterface
  public interface Item<E extends Exception> {
    void read() throws IOException, E;
  }

  /**
   * Reads the value of one member of an object, or skips it.
   *
   * @param <E> what else it throws
   */
  @FunctionalInterface
  public interface Member<E extends Exception> {
    void read(String name) throws IOException, E;
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
  public <E extends Exception> void items(Item<E> item) throws IOException, E {
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
  public <E extends Exception> void members(Member<E> member) throws IOException, E {
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

  /**
   * Reads a value of any type and keeps all of it; for the limits it is one token. Of a name that
   * stands twice in an object the last value counts.
   */
  public JsonElement tree() throws IOException {
    return token(() -> TREES.read(reader));
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

  /** Whether an object is next. */
  public boolean isObject() throws IOException {
    return peek() == JsonToken.BEGIN_OBJECT;
  }

  /** Whether a list is next. */
  public boolean isList() throws IOException {
    return peek() == JsonToken.BEGIN_ARRAY;
  }

  /** Whether a string is next. */
  public boolean isText() throws IOException {
    return peek() == JsonToken.STRING;
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
    } catch (MalformedJsonException
        | IllegalStateException
        | JsonParseException
        | NumberFormatException e) {
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
