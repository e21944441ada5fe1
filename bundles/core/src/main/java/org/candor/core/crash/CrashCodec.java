package org.candor.core.crash;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;

/** JSON codec: crashes on disk. */
final class CrashCodec {

  private CrashCodec() {}

  static byte[] encode(KeptCrash kept) {
    JsonObject json = new JsonObject();
    json.addProperty("number", kept.number());
    json.addProperty("count", kept.count());
    json.addProperty("standing", kept.stage().name());
    json.add("crash", crash(kept.crash()));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What {@link #encode(KeptCrash)} wrote; empty when it is something else. */
  static Optional<KeptCrash> decode(byte[] bytes) {
    return parse(
        new String(bytes, StandardCharsets.UTF_8),
        json ->
            new KeptCrash(
                json.get("number").getAsLong(),
                crash(json.getAsJsonObject("crash")),
                json.get("count").getAsLong(),
                CrashStage.valueOf(json.get("standing").getAsString())));
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
                    .map(first -> new CrashLoop(crash(first), json.get("count").getAsLong()))));
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
    JsonArray failures = new JsonArray();
    crash.failures().forEach(failure -> failures.add(failure(failure)));
    json.add("failures", failures);
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
        list(json, "failures", CrashCodec::failure));
  }

  private static Failure failure(JsonObject json) {
    return new Failure(
        text(json, "type"), text(json, "message"), list(json, "frames", CrashCodec::frame));
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

  private static <T> List<T> list(JsonObject json, String key, Function<JsonObject, T> read) {
    List<T> list = new ArrayList<>();
    json.getAsJsonArray(key).forEach(element -> list.add(read.apply(element.getAsJsonObject())));
    return list;
  }
}
