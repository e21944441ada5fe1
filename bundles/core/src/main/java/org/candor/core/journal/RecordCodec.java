package org.candor.core.journal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;

/**
 * JSON codec: an attempt, without its place in a log. {@code messages} is a list of ids, or what is
 * said of a batch.
 */
public final class RecordCodec {

  private RecordCodec() {}

  /** A record as one line. */
  public static String encode(JournalRecord record) {
    return json(record).toString();
  }

  /** The record that {@link #encode(JournalRecord)} wrote. */
  public static JournalRecord decode(String text) {
    return decode(JsonParser.parseString(text).getAsJsonObject());
  }

  static JsonObject json(JournalRecord record) {
    JsonObject json = new JsonObject();
    json.addProperty("id", record.id());
    json.addProperty("at", record.at().toString());
    json.addProperty("channel", record.channel());
    json.addProperty("purpose", record.purpose().label());
    json.addProperty("allowedBy", record.allowedBy());
    json.addProperty("bytes", record.bytes());
    json.addProperty("digest", record.digest());
    json.addProperty("endpoint", record.endpoint());
    json.addProperty("outcome", record.outcome().name());
    json.addProperty("answer", record.answer());
    json.add("messages", messages(record));
    return json;
  }

  private static JsonElement messages(JournalRecord record) {
    JsonArray ids = new JsonArray();
    record.messages().forEach(ids::add);
    return record.batch().<JsonElement>map(RecordCodec::json).orElse(ids);
  }

  private static JsonObject json(BatchDigest batch) {
    JsonObject json = new JsonObject();
    json.addProperty("count", batch.count());
    json.addProperty("digest", batch.digest());
    return json;
  }

  static JournalRecord decode(JsonObject json) {
    List<String> messages = new ArrayList<>();
    Optional<BatchDigest> batch = Optional.empty();
    if (json.get("messages") instanceof JsonObject said) {
      batch =
          Optional.of(
              new BatchDigest(said.get("count").getAsLong(), said.get("digest").getAsString()));
    } else {
      json.getAsJsonArray("messages").forEach(id -> messages.add(id.getAsString()));
    }
    return new JournalRecord(
        json.get("id").getAsString(),
        Instant.parse(json.get("at").getAsString()),
        json.get("channel").getAsString(),
        Purpose.of(json.get("purpose").getAsString()).orElseThrow(),
        json.get("allowedBy").getAsString(),
        json.get("bytes").getAsLong(),
        json.get("digest").getAsString(),
        json.get("endpoint").getAsString(),
        Outcome.valueOf(json.get("outcome").getAsString()),
        json.get("answer").getAsString(),
        messages,
        batch);
  }
}
