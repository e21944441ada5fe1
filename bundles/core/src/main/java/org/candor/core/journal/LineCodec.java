package org.candor.core.journal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Canonical serialization: an entry on disk and in an export is one line of JSON, whose keys always
 * stand in the same order, {@code number} and {@code kind} first and {@code previous} last. Its
 * SHA-256 is what the next entry names as {@code previous}. A line without a kind, as earlier
 * builds wrote it, is an attempt.
 */
final class LineCodec {

  private static final String ATTEMPT = "attempt";
  private static final String CONSENT = "consent";

  private LineCodec() {}

  static byte[] encode(ChainLink link) {
    JsonObject json = new JsonObject();
    json.addProperty("number", link.number());
    ChainEntry entry = link.entry();
    if (entry instanceof ConsentChangeRecord consent) {
      json.addProperty("kind", CONSENT);
      ConsentCodec.encode(consent.change()).asMap().forEach(json::add);
    } else {
      json.addProperty("kind", ATTEMPT);
      RecordCodec.json((JournalRecord) entry).asMap().forEach(json::add);
    }
    json.addProperty("previous", link.previous());
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The entry of a line; empty when it is damaged. */
  static Optional<ChainLink> decode(byte[] line) {
    try {
      JsonObject json =
          JsonParser.parseString(new String(line, StandardCharsets.UTF_8)).getAsJsonObject();
      return Optional.of(
          new ChainLink(
              json.get("number").getAsLong(), entry(json), json.get("previous").getAsString()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the line is that of a change of what is allowed; looks at its beginning only. */
  static boolean isConsent(long number, byte[] line) {
    byte[] begins = start(number, CONSENT).getBytes(StandardCharsets.UTF_8);
    return Arrays.mismatch(begins, line) == begins.length;
  }

  /** Whether the line is that of an attempt at web events; looks for one key only. */
  static boolean isOfWebEvents(byte[] line) {
    // Inside of a text the quotation marks would be escaped.
    return new String(line, StandardCharsets.ISO_8859_1).contains("\"messages\":{");
  }

  private static String start(long number, String kind) {
    return "{\"number\":" + number + ",\"kind\":\"" + kind + "\",";
  }

  private static ChainEntry entry(JsonObject json) {
    String kind = json.has("kind") ? json.get("kind").getAsString() : ATTEMPT;
    return switch (kind) {
      case ATTEMPT -> RecordCodec.decode(json);
      case CONSENT -> new ConsentChangeRecord(ConsentCodec.decode(json));
      default -> throw new IllegalArgumentException(kind);
    };
  }
}
