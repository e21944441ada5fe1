package org.candor.core.crash;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;

/** JSON codec: crashes on disk, each and its stack apart, so that a list reads no stacks. */
final class CrashCodec {

  /** Begins a stack; a crash begins with a brace. */
  private static final byte STACK = 'S';

  private static final int STACK_HEAD = 1 + Long.BYTES;

  private CrashCodec() {}

  /** A crash without its stack. */
  static byte[] head(KeptCrash kept) {
    JsonObject json = new JsonObject();
    json.addProperty("number", kept.number());
    json.addProperty("count", kept.count());
    json.addProperty("standing", kept.stage().name());
    json.addProperty("share", kept.share());
    json.addProperty("calls", kept.calls());
    json.add("crash", crash(StackTrimming.with(kept.crash(), List.of())));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What {@link #head} wrote, or what earlier versions did, which kept crash and stack together;
   * empty when it is something else.
   */
  static Optional<KeptCrash> decode(byte[] bytes) {
    return isStack(bytes)
        ? Optional.empty()
        : parse(new String(bytes, StandardCharsets.UTF_8), CrashCodec::kept);
  }

  private static KeptCrash kept(JsonObject json) {
    Crash crash = crash(json.getAsJsonObject("crash"));
    KeptCrash kept =
        KeptCrash.of(
            json.get("number").getAsLong(),
            crash,
            get(json, "share")
                .map(JsonElement::getAsString)
                .orElseGet(() -> CrashShares.key(crash.component())),
            json.get("count").getAsLong(),
            CrashStage.valueOf(json.get("standing").getAsString()));
    return get(json, "calls")
        .map(JsonElement::getAsInt)
        .map(calls -> kept.withCalls(calls))
        .orElse(kept);
  }

  /** The stack of the crash of that number, compressed. */
  static byte[] stack(long number, List<Failure> failures) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(STACK);
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(failures(failures).toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does no I/O", e);
    }
    return out.toByteArray();
  }

  /** Whether this is what {@link #stack} wrote. */
  static boolean isStack(byte[] bytes) {
    return bytes.length > STACK_HEAD && bytes[0] == STACK;
  }

  /** Whose stack it is. */
  static long numberOfStack(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong(1);
  }

  /** What {@link #stack} wrote; empty when it is something else. */
  static Optional<List<Failure>> failures(byte[] bytes) {
    if (!isStack(bytes)) {
      return Optional.empty();
    }
    try (InflaterInputStream in =
        new InflaterInputStream(
            new ByteArrayInputStream(bytes, STACK_HEAD, bytes.length - STACK_HEAD))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(list(JsonParser.parseString(text).getAsJsonArray(), CrashCodec::failure));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  static String encode(Repetition repetition) {
    JsonObject json = new JsonObject();
    json.addProperty("since", repetition.since().toString());
    json.addProperty("period", repetition.period().toString());
    json.addProperty("reported", repetition.reported());
    repetition
        .loop()
        .ifPresent(
            loop -> {
              json.addProperty("count", loop.count());
              json.addProperty("share", loop.component());
              json.add("first", crash(loop.first()));
            });
    return json.toString();
  }

  /** What {@link #encode(Repetition)} wrote; empty when it is something else. */
  static Optional<Repetition> repetition(String text) {
    return parse(
        text,
        json ->
            new Repetition(
                Instant.parse(json.get("since").getAsString()),
                Duration.parse(json.get("period").getAsString()),
                json.get("reported").getAsInt(),
                Optional.ofNullable(json.getAsJsonObject("first"))
                    .map(CrashCodec::crash)
                    .map(first -> loop(json, first))));
  }

  private static CrashLoop loop(JsonObject json, Crash first) {
    return new CrashLoop(
        first,
        get(json, "share")
            .map(JsonElement::getAsString)
            .orElseGet(() -> CrashShares.key(first.component())),
        json.get("count").getAsLong());
  }

  private static <T> Optional<T> parse(String text, Function<JsonObject, T> read) {
    try {
      return Optional.of(read.apply(JsonParser.parseString(text).getAsJsonObject()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static JsonObject crash(Crash crash) {
    JsonObject json = new JsonObject();
    json.addProperty("id", crash.id());
    json.addProperty("component", crash.component());
    json.addProperty("at", crash.at().toString());
    json.addProperty("level", crash.level().name());
    json.addProperty("message", crash.message());
    crash
        .signal()
        .ifPresent(
            signal -> {
              json.addProperty("signal", signal.number());
              json.addProperty("signalName", signal.name());
            });
    crash.exitCode().ifPresent(code -> json.addProperty("exitCode", code));
    crash.coreDumped().ifPresent(dumped -> json.addProperty("coreDumped", dumped));
    json.add("failures", failures(crash.failures()));
    return json;
  }

  private static JsonArray failures(List<Failure> failures) {
    JsonArray json = new JsonArray();
    failures.forEach(failure -> json.add(failure(failure)));
    return json;
  }

  private static JsonObject failure(Failure failure) {
    JsonObject json = new JsonObject();
    json.addProperty("type", failure.type());
    json.addProperty("message", failure.message());
    JsonArray frames = new JsonArray();
    failure.frames().forEach(frame -> frames.add(frame(frame)));
    json.add("frames", frames);
    return json;
  }

  private static JsonObject frame(Frame frame) {
    JsonObject json = new JsonObject();
    json.addProperty("type", frame.type());
    json.addProperty("method", frame.method());
    json.addProperty("file", frame.file());
    frame.line().ifPresent(line -> json.addProperty("line", line));
    return json;
  }

  private static Crash crash(JsonObject json) {
    return new Crash(
        text(json, "id"),
        text(json, "component"),
        Instant.parse(text(json, "at")),
        CrashLevel.valueOf(text(json, "level")),
        text(json, "message"),
        get(json, "signal")
            .map(number -> new KernelSignal(number.getAsInt(), text(json, "signalName"))),
        get(json, "exitCode").map(JsonElement::getAsInt),
        get(json, "coreDumped").map(JsonElement::getAsBoolean),
        list(json.getAsJsonArray("failures"), CrashCodec::failure));
  }

  private static Failure failure(JsonObject json) {
    return new Failure(
        text(json, "type"),
        text(json, "message"),
        list(json.getAsJsonArray("frames"), CrashCodec::frame));
  }

  private static Frame frame(JsonObject json) {
    return new Frame(
        text(json, "type"),
        text(json, "method"),
        text(json, "file"),
        get(json, "line").map(JsonElement::getAsInt));
  }

  private static String text(JsonObject json, String key) {
    return json.get(key).getAsString();
  }

  private static Optional<JsonElement> get(JsonObject json, String key) {
    return Optional.ofNullable(json.get(key));
  }

  private static <T> List<T> list(JsonArray json, Function<JsonObject, T> read) {
    List<T> list = new ArrayList<>();
    json.forEach(element -> list.add(read.apply(element.getAsJsonObject())));
    return list;
  }
}
