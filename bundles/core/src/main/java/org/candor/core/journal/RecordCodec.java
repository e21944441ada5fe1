package org.candor.core.journal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;

/** JSON codec: an attempt, without its place in a chain. */
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
    JsonArray messages = new JsonArray();
    record.messages().forEach(messages::add);
    json.add("messages", messages);
    return json;
  }

  static JournalRecord decode(JsonObject json) {
    List<String> messages = new ArrayList<>();
    json.getAsJsonArray("messages").forEach(id -> messages.add(id.getAsString()));
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
        messages);
  }
}
