package org.candor.core.journal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;

/**
 * The form of a journal entry on disk and in an export: one line of JSON, whose keys always stand
 * in the same order, {@code number} first and {@code previous} last. Its SHA-256 is what the next
 * entry names as {@code previous}.
 */
public final class RecordCodec {

  private RecordCodec() {}

  /** A record as JSON, without its place in a chain. */
  public static String encode(JournalRecord record) {
    return json(record).toString();
  }

  static byte[] encode(long number, JournalRecord record, String previous) {
    JsonObject json = new JsonObject();
    json.addProperty("number", number);
    json(record).asMap().forEach(json::add);
    json.addProperty("previous", previous);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The record that {@link #encode(JournalRecord)} wrote. */
  public static JournalRecord decode(String text) {
    return decode(JsonParser.parseString(text).getAsJsonObject());
  }

  /** The entry of a line; empty when it is damaged. */
  static Optional<Link> decode(byte[] line) {
    try {
      JsonObject json =
          JsonParser.parseString(new String(line, StandardCharsets.UTF_8)).getAsJsonObject();
      return Optional.of(
          new Link(
              json.get("number").getAsLong(), decode(json), json.get("previous").getAsString()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static JsonObject json(JournalRecord record) {
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

  private static JournalRecord decode(JsonObject json) {
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

  /** A record, its number, and the digest of the one before it. */
  record Link(long number, JournalRecord record, String previous) {}
}
