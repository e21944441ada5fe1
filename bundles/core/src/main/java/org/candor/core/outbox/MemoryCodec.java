package org.candor.core.outbox;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.candor.api.sink.Outcome;

/** The form of a channel's memory on disk: one JSON object. */
final class MemoryCodec {

  private MemoryCodec() {}

  static String encode(ChannelMemory memory) {
    JsonObject json = new JsonObject();
    json.addProperty("since", memory.since().toString());
    memory.lastReport().ifPresent(at -> json.addProperty("lastReport", at.toString()));
    memory.lastDelivery().ifPresent(at -> json.addProperty("lastDelivery", at.toString()));
    memory.lastOutcome().ifPresent(outcome -> json.addProperty("lastOutcome", outcome.name()));
    json.addProperty("lastAnswer", memory.lastAnswer());
    memory
        .pause()
        .ifPresent(
            pause -> {
              json.addProperty("pausedBy", pause.endpoint());
              json.addProperty("pausedUntil", pause.until().toString());
              json.addProperty("pauseYields", pause.yields());
            });
    memory
        .replyProblem()
        .ifPresent(
            replyProblem -> {
              json.addProperty("doubted", replyProblem.endpoint());
              json.addProperty("doubtedWhy", replyProblem.advice());
            });
    memory.offSince().ifPresent(at -> json.addProperty("offSince", at.toString()));
    json.addProperty("bytesSinceOff", memory.bytesSinceOff());
    json.addProperty("lastCrash", memory.lastCrash());
    JsonObject lost = new JsonObject();
    memory.lost().forEach(lost::addProperty);
    json.add("lost", lost);
    return json.toString();
  }

  /** What {@link #encode} wrote; empty when it is damaged. */
  static Optional<ChannelMemory> decode(String text) {
    try {
      return Optional.of(decode(JsonParser.parseString(text).getAsJsonObject()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static ChannelMemory decode(JsonObject json) {
    Map<String, Long> lost = new TreeMap<>();
    json.getAsJsonObject("lost")
        .entrySet()
        .forEach(entry -> lost.put(entry.getKey(), entry.getValue().getAsLong()));
    Instant since = Instant.parse(json.get("since").getAsString());
    return new ChannelMemory(
        since,
        instant(json, "lastReport"),
        instant(json, "lastDelivery"),
        Optional.ofNullable(json.get("lastOutcome"))
            .map(outcome -> Outcome.valueOf(outcome.getAsString())),
        json.get("lastAnswer").getAsString(),
        instant(json, "pausedUntil")
            .map(until -> new Pause(json.get("pausedBy").getAsString(), until, yields(json))),
        Optional.ofNullable(json.get("doubted"))
            .map(
                endpoint ->
                    new ReplyProblem(endpoint.getAsString(), json.get("doubtedWhy").getAsString())),
        instant(json, "offSince"),
        json.get("bytesSinceOff").getAsLong(),
        // An older version's memory knows no crashes.
        json.has("lastCrash") ? json.get("lastCrash").getAsLong() : since.toEpochMilli(),
        lost);
  }

  private static boolean yields(JsonObject json) {
    return json.has("pauseYields") && json.get("pauseYields").getAsBoolean();
  }

  private static Optional<Instant> instant(JsonObject json, String key) {
    return Optional.ofNullable(json.get(key)).map(JsonElement::getAsString).map(Instant::parse);
  }
}
