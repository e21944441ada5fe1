package org.candor.source.kubernetes.json;

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
 * Reads one JSON document of {@link #LIMIT} bytes at most, and keeps none of it. A {@code null}
 * stands for an empty list, an object without members and an empty text alike, as Go writes them.
 *
 * <p>Whatever is wrong with the document is a {@link JsonFormatException}; any other exception
 * comes from the stream.
 */
public final class Json {

  /** Bytes of a document. etcd holds 1.5 MiB in one object by default. */
  public static final int LIMIT = 8 * 1024 * 1024;

  private static final int DEPTH = 128;

  private final JsonReader reader;

  public Json(InputStream document) {
    reader =
        new JsonReader(new InputStreamReader(new Bounded(document, LIMIT), StandardCharsets.UTF_8));
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
      member.read(name());
    }
    token(reader::endObject);
  }

  /** Reads a string. */
  public String text() throws IOException {
    if (isNull()) {
      return "";
    }
    if (peek() != JsonToken.STRING) {
      throw wrong(peek() + " where a string is due");
    }
    return string();
  }

  /** Reads {@code true} or {@code false}. */
  public boolean flag() throws IOException {
    boolean[] flag = {false};
    token(() -> flag[0] = reader.nextBoolean());
    return flag[0];
  }

  /** Reads a whole number; what is no number at all is skipped. */
  public int wholeOrElse(int other) throws IOException {
    if (peek() != JsonToken.NUMBER) {
      skip();
      return other;
    }
    int[] number = {0};
    token(() -> number[0] = reader.nextInt());
    return number[0];
  }

  /** Reads a value of any type, and gives it as one would write it, an object or list by name. */
  public String shown() throws IOException {
    JsonToken there = peek();
    if (there == JsonToken.STRING) {
      return "\"" + string() + "\"";
    }
    if (there == JsonToken.NUMBER) {
      return string();
    }
    skip();
    return there == JsonToken.BEGIN_ARRAY ? "a list" : "an object";
  }

  /** Reads a value of any type and forgets it. */
  public void skip() throws IOException {
    token(reader::skipValue);
  }

  /** Makes sure that nothing follows. */
  public void end() throws IOException {
    if (peek() != JsonToken.END_DOCUMENT) {
      throw wrong("more than one document");
    }
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

  /** What was read cannot be used. */
  public JsonFormatException wrong(String what) {
    return new JsonFormatException(what + " at " + reader.getPath());
  }

  private String name() throws IOException {
    String[] name = {""};
    token(() -> name[0] = reader.nextName());
    return name[0];
  }

  private String string() throws IOException {
    String[] text = {""};
    token(() -> text[0] = reader.nextString());
    return text[0];
  }

  private boolean more() throws IOException {
    boolean[] more = {false};
    token(() -> more[0] = reader.hasNext());
    return more[0];
  }

  private JsonToken peek() throws IOException {
    JsonToken[] next = {JsonToken.NULL};
    token(() -> next[0] = reader.peek());
    return next[0];
  }

  private void token(Step step) throws IOException {
    try {
      step.take();
    } catch (EOFException e) {
      throw new JsonFormatException("it ends too early, at " + reader.getPath(), e);
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
}
