package org.candor.source.dcos.json;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.candor.http.json.BoundedReader;
import org.candor.http.json.JsonFormatException;

/**
 * Pull parser: reads JSON (RFC 8259, in UTF-8) off a stream, forwards only, within fixed bounds of
 * memory whatever comes: strings end at {@link #STRING_LIMIT}, texts and numbers that are kept at
 * {@link #TEXT_LIMIT}, nesting at {@link #DEPTH_LIMIT}.
 *
 * <p>Jackson splits the tokens: for a large report it is faster than Gson, whose reader took up to
 * 1.8 times its own {@code skipValue} for the same, where the bound is 1.5. Malformed UTF-8 shows
 * as U+FFFD, as with any decoder of Java's.
 *
 * <p>For one thread. After an exception it must not be used again.
 */
public final class JsonScanner {

  /** Characters of one string, as written. */
  public static final int STRING_LIMIT = 1 << 20;

  /** Characters of one text, name or number that is kept. */
  public static final int TEXT_LIMIT = 1024;

  /** Objects and arrays inside each other. */
  public static final int DEPTH_LIMIT = 64;

  // A table of names would grow for as long as other names come; a pool keeps its buffers in
  // variables of threads that outlive this bundle.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_LIMIT)
                  .maxNameLength(STRING_LIMIT)
                  .maxStringLength(STRING_LIMIT)
                  .maxNumberLength(TEXT_LIMIT)
                  .build())
          // A server may repeat what it was sent: messages show no word of it.
          .errorReportConfiguration(
              ErrorReportConfiguration.builder().maxErrorTokenLength(0).build())
          .build();

  private static final Pattern FOR_PROGRAMMERS = Pattern.compile(", from `[^`]*`");

  private final BoundedReader text;
  private final JsonParser parser;
  private boolean atElement;

  /** Reads from the stream, which stays open. */
  public JsonScanner(InputStream in) throws IOException {
    text = new BoundedReader(new InputStreamReader(in, StandardCharsets.UTF_8), STRING_LIMIT);
    parser = JSON.createParser(text);
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
    return isThere(JsonToken.START_OBJECT, "an object");
  }

  /** As {@link #beginObject}, for an array. */
  public boolean beginArray() throws IOException {
    return isThere(JsonToken.START_ARRAY, "an array");
  }

  /**
   * Moves to the next member of the object, or the next element of the array, that was entered
   * last.
   *
   * @return false when there is none; the object or array is then left
   */
  public boolean hasNext() throws IOException {
    JsonToken next = token();
    atElement = next != JsonToken.FIELD_NAME;
    return !next.isStructEnd() || leave();
  }

  private boolean leave() {
    atElement = false;
    return false;
  }

  /** The name, to be kept, of the member that {@link #hasNext} has moved to. */
  public String name() throws IOException {
    return kept(parser.currentName());
  }

  /** Whether this is the name of the member that {@link #hasNext} has moved to. */
  public boolean nameIs(String name) throws IOException {
    return parser.currentName().equals(name);
  }

  /** Reads a string; empty for {@code null}. */
  public Optional<String> text() throws IOException {
    return isThere(JsonToken.VALUE_STRING, "a string")
        ? Optional.of(kept(string()))
        : Optional.empty();
  }

  /** Reads a string, and says whether it is empty or {@code null}. */
  public boolean textIsEmpty() throws IOException {
    return !isThere(JsonToken.VALUE_STRING, "a string") || string().isEmpty();
  }

  /** Reads a number; empty for {@code null}. */
  public Optional<Double> number() throws IOException {
    JsonToken next = value();
    if (next == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    if (!next.isNumeric()) {
      throw unexpected(next, "a number");
    }
    double number = Double.parseDouble(string());
    if (Double.isInfinite(number)) {
      throw wrong("a number beyond what a double holds");
    }
    return Optional.of(number);
  }

  /** Reads whatever value comes next, keeping nothing. */
  public void skipValue() throws IOException {
    int depth = depthAfter(0, value());
    while (depth > 0) {
      depth = depthAfter(depth, token());
    }
  }

  private static int depthAfter(int depth, JsonToken token) {
    if (token.isStructStart()) {
      return depth + 1;
    }
    return token.isStructEnd() ? depth - 1 : depth;
  }

  /** Checks that nothing follows but white space. */
  public void end() throws IOException {
    if (read(JsonParser::nextToken) != null) {
      throw unexpected(parser.currentToken(), "the end");
    }
  }

  /** For a reader that finds something missing or too much. */
  public JsonFormatException wrong(String what) {
    return new JsonFormatException(
        what + ", at character " + parser.currentLocation().getCharOffset());
  }

  private boolean isThere(JsonToken due, String what) throws IOException {
    JsonToken next = value();
    if (next != due && next != JsonToken.VALUE_NULL) {
      throw unexpected(next, what);
    }
    return next == due;
  }

  private JsonFormatException unexpected(JsonToken found, String due) {
    return wrong(called(found) + " where " + due + " is due");
  }

  private static String called(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      default -> "something else";
    };
  }

  /** An array's element has been read in order to see that the array does not end. */
  private JsonToken value() throws IOException {
    if (atElement) {
      atElement = false;
      return parser.currentToken();
    }
    return token();
  }

  private JsonToken token() throws IOException {
    JsonToken token = read(JsonParser::nextToken);
    if (token == null) {
      throw wrong("it ends where a value is due");
    }
    return token;
  }

  private String string() throws IOException {
    return read(JsonParser::getText);
  }

  private String kept(String text) throws JsonFormatException {
    if (text.length() > TEXT_LIMIT) {
      throw wrong("a text of more than " + TEXT_LIMIT + " characters");
    }
    return text;
  }

  private <T> T read(Read<T> step) throws IOException {
    text.next();
    try {
      return step.read(parser);
    } catch (JsonProcessingException e) {
      throw wrong(FOR_PROGRAMMERS.matcher(e.getOriginalMessage()).replaceAll(""));
    }
  }

  @FunctionalInterface
  private interface Read<T> {
    T read(JsonParser parser) throws IOException;
  }
}
