package org.candor.source.crash.record;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;

/**
 * Reads the JSON of one crash record; README.md describes it. Keys it does not know do not count.
 */
final class RecordReader {

  /** More would not be looked at by anybody. */
  private static final int FAILURES = 50;

  private static final int FRAMES = 1_000;

  /** A shell's status for a command that a signal killed is this much more than the signal. */
  private static final int SIGNALLED = 128;

  private final JsonReader json;
  private Optional<String> component = Optional.empty();
  private Optional<Instant> at = Optional.empty();
  private Optional<KernelSignal> signal = Optional.empty();
  private Optional<String> unknownSignal = Optional.empty();
  private Optional<Integer> exitCode = Optional.empty();
  private Optional<Boolean> coreDumped = Optional.empty();
  private CrashLevel level = CrashLevel.FATAL;
  private Optional<String> message = Optional.empty();
  private List<Failure> failures = List.of();
  private Optional<String> id = Optional.empty();

  private RecordReader(String text) {
    json = new JsonReader(new StringReader(text));
    json.setStrictness(Strictness.STRICT);
  }

  /**
   * Reads a record.
   *
   * @param defaultId for a record without one
   * @param defaultTime for a record without one
   */
  static Crash read(String text, String defaultId, Instant defaultTime) throws BadRecordException {
    try {
      RecordReader reader = new RecordReader(text);
      reader.document();
      return reader.crash(defaultId, defaultTime);
    } catch (MalformedJsonException | EOFException e) {
      throw new BadRecordException("it is not JSON");
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new BadRecordException("it cannot be read: " + e.getMessage());
    }
  }

  private void document() throws IOException, BadRecordException {
    expect(JsonToken.BEGIN_OBJECT, "the whole", "an object");
    json.beginObject();
    while (json.hasNext()) {
      key(json.nextName());
    }
    json.endObject();
    // Throws when something follows.
    json.peek();
  }

  private void key(String key) throws IOException, BadRecordException {
    switch (key) {
      case "component" -> component = Optional.of(text(key));
      case "at" -> at = Optional.of(time(key));
      case "signal" -> signal(key);
      case "exitCode" -> exitCode = Optional.of(whole(key));
      case "coreDumped" -> coreDumped = Optional.of(flag(key));
      case "level" -> level = level(key);
      case "message" -> message = Optional.of(text(key));
      case "exceptions" -> failures = failures();
      case "id" -> id = Optional.of(id(key));
      default -> json.skipValue();
    }
  }

  private Crash crash(String defaultId, Instant defaultTime) throws BadRecordException {
    String who =
        component
            .filter(name -> !name.isBlank())
            .orElseThrow(() -> new BadRecordException("component is missing"));
    Optional<KernelSignal> how = signal();
    return new Crash(
        id.orElse(defaultId),
        who,
        at.orElse(defaultTime),
        level,
        message
            .filter(text -> !text.isBlank())
            .orElseGet(() -> CrashSentence.of(who, how, exitCode)),
        how,
        exitCode,
        coreDumped,
        failures);
  }

  // A name that this table does not know, of a signal whose number the status knows.
  private Optional<KernelSignal> signal() throws BadRecordException {
    if (unknownSignal.isEmpty()) {
      return signal;
    }
    int number =
        exitCode
            .map(code -> code - SIGNALLED)
            .filter(n -> Signals.numbered(n).isPresent())
            .orElseThrow(() -> new BadRecordException("signal is neither 1 to 64 nor a name"));
    return Optional.of(new KernelSignal(number, unknownSignal.get()));
  }

  private void signal(String key) throws IOException, BadRecordException {
    unknownSignal = Optional.empty();
    if (json.peek() == JsonToken.NUMBER) {
      signal = Signals.numbered(whole(key));
      if (signal.isEmpty()) {
        throw new BadRecordException("signal is neither 1 to 64 nor a name");
      }
    } else {
      String name = text(key);
      signal = Signals.named(name);
      if (signal.isEmpty()) {
        if (!name.matches("[A-Z][A-Z0-9+-]{0,15}")) {
          throw new BadRecordException("signal is neither 1 to 64 nor a name");
        }
        unknownSignal = Optional.of(name);
      }
    }
  }

  private List<Failure> failures() throws IOException, BadRecordException {
    expect(JsonToken.BEGIN_ARRAY, "exceptions", "an array");
    List<Failure> all = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      Failure failure = failure();
      if (all.size() < FAILURES) {
        all.add(failure);
      }
    }
    json.endArray();
    return all;
  }

  private Failure failure() throws IOException, BadRecordException {
    expect(JsonToken.BEGIN_OBJECT, "exceptions", "an array of objects");
    String type = "";
    String says = "";
    List<Frame> frames = List.of();
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "type" -> type = text("exceptions.type");
        case "message" -> says = text("exceptions.message");
        case "frames" -> frames = frames();
        default -> json.skipValue();
      }
    }
    json.endObject();
    if (type.isBlank()) {
      throw new BadRecordException("exceptions.type is missing");
    }
    return new Failure(type, says, frames);
  }

  private List<Frame> frames() throws IOException, BadRecordException {
    expect(JsonToken.BEGIN_ARRAY, "exceptions.frames", "an array");
    List<Frame> all = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      Frame frame = frame();
      if (all.size() < FRAMES) {
        all.add(frame);
      }
    }
    json.endArray();
    return all;
  }

  private Frame frame() throws IOException, BadRecordException {
    expect(JsonToken.BEGIN_OBJECT, "exceptions.frames", "an array of objects");
    String type = "";
    String method = "";
    String file = "";
    Optional<Integer> line = Optional.empty();
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "class" -> type = text("exceptions.frames.class");
        case "method" -> method = text("exceptions.frames.method");
        case "file" -> file = fileName(text("exceptions.frames.file"));
        case "line" -> line = Optional.of(whole("exceptions.frames.line")).filter(n -> n > 0);
        default -> json.skipValue();
      }
    }
    json.endObject();
    return new Frame(type, method, file, line);
  }

  private static String fileName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private String text(String key) throws IOException, BadRecordException {
    expect(JsonToken.STRING, key, "a text");
    return json.nextString();
  }

  private int whole(String key) throws IOException, BadRecordException {
    expect(JsonToken.NUMBER, key, "a whole number");
    try {
      return json.nextInt();
    } catch (NumberFormatException e) {
      throw new BadRecordException(key + " is not a whole number");
    }
  }

  private boolean flag(String key) throws IOException, BadRecordException {
    expect(JsonToken.BOOLEAN, key, "true or false");
    return json.nextBoolean();
  }

  private Instant time(String key) throws IOException, BadRecordException {
    try {
      return OffsetDateTime.parse(text(key)).toInstant();
    } catch (DateTimeException e) {
      throw new BadRecordException(key + " is not a time such as 2026-11-21T12:00:00Z");
    }
  }

  private CrashLevel level(String key) throws IOException, BadRecordException {
    String word = text(key);
    for (CrashLevel one : CrashLevel.values()) {
      if (one.label().equals(word)) {
        return one;
      }
    }
    throw new BadRecordException(key + " is neither fatal nor error");
  }

  private String id(String key) throws IOException, BadRecordException {
    String text = text(key);
    if (!text.matches("[0-9a-f]{32}")) {
      throw new BadRecordException(key + " is not 32 lower-case hexadecimal digits");
    }
    return text;
  }

  private void expect(JsonToken token, String key, String what)
      throws IOException, BadRecordException {
    if (json.peek() != token) {
      throw new BadRecordException(key + " is not " + what);
    }
  }
}
