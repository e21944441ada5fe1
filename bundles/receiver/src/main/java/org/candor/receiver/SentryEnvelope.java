package org.candor.receiver;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import org.candor.api.Bytes;

/**
 * What the body of an envelope says of itself. Read by the letter, and more strictly than by Sentry
 * in one thing: every item has to say its length.
 *
 * <p>Format: https://develop.sentry.dev/sdk/data-model/envelopes/
 *
 * @param eventId 32 lower-case hexadecimal digits
 */
record SentryEnvelope(String eventId) {

  /** Sentry's limit for an event. */
  static final int MOST_BYTES_AN_EVENT = 1 << 20;

  /**
   * @throws RejectedRequestException when a header is damaged, a length is not exact, or an event
   *     is too large or is another than the header says
   */
  static SentryEnvelope read(Bytes body) throws RejectedRequestException {
    ByteBuffer rest = ByteBuffer.wrap(body.toArray());
    JsonObject header = new JsonPart("The envelope's header").read(line(rest));
    String eventId = text(header, "event_id");
    if (!eventId.matches("[0-9a-f]{32}")) {
      throw new RejectedRequestException(
          400, "The envelope's event_id is not 32 lower-case hexadecimal digits.");
    }
    checkSentAt(header);
    int number = 0;
    while (rest.hasRemaining()) {
      number++;
      readItem("Item " + number, rest, eventId);
    }
    if (number == 0) {
      throw new RejectedRequestException(400, "The envelope holds no item.");
    }
    return new SentryEnvelope(eventId);
  }

  private static void checkSentAt(JsonObject header) throws RejectedRequestException {
    try {
      if (header.has("sent_at")) {
        Instant.parse(text(header, "sent_at"));
      }
    } catch (DateTimeException e) {
      throw new RejectedRequestException(
          400, "The envelope's sent_at is not a time in ISO 8601 and UTC.");
    }
  }

  private static void readItem(String what, ByteBuffer rest, String eventId)
      throws RejectedRequestException {
    JsonObject header = new JsonPart(what + "'s header").read(line(rest));
    String type = text(header, "type");
    if (type.isEmpty()) {
      throw new RejectedRequestException(400, what + " has no type.");
    }
    int length = length(what, header);
    if (length > rest.remaining()) {
      throw new RejectedRequestException(
          400, what + " has " + rest.remaining() + " bytes, not " + length + " as it says.");
    }
    ByteBuffer payload = rest.slice(rest.position(), length);
    rest.position(rest.position() + length);
    if (rest.hasRemaining() && rest.get() != '\n') {
      throw new RejectedRequestException(
          400, what + " does not end after " + length + " bytes as it says.");
    }
    if (type.equals("event")) {
      checkEvent(what, payload, eventId);
    }
  }

  private static void checkEvent(String what, ByteBuffer payload, String eventId)
      throws RejectedRequestException {
    if (payload.remaining() > MOST_BYTES_AN_EVENT) {
      throw new RejectedRequestException(
          413, what + " is an event of more than " + MOST_BYTES_AN_EVENT + " bytes (1 MiB).");
    }
    JsonObject event = new JsonPart(what).read(payload);
    if (!text(event, "event_id").equals(eventId)) {
      throw new RejectedRequestException(
          400, what + " is another event than the envelope's header says.");
    }
  }

  private static int length(String what, JsonObject header) throws RejectedRequestException {
    String length =
        header.get("length") instanceof JsonPrimitive number && number.isNumber()
            ? number.getAsString()
            : "";
    if (!length.matches("0|[1-9]\\d{0,8}")) {
      throw new RejectedRequestException(400, what + " does not say its length.");
    }
    return Integer.parseInt(length);
  }

  private static String text(JsonObject json, String key) {
    JsonElement value = json.get(key);
    return value instanceof JsonPrimitive text && text.isString() ? text.getAsString() : "";
  }

  /** What stands before the next line break, which is read as well. */
  private static ByteBuffer line(ByteBuffer rest) {
    int start = rest.position();
    int end = start;
    while (end < rest.limit() && rest.get(end) != '\n') {
      end++;
    }
    rest.position(Math.min(end + 1, rest.limit()));
    return rest.slice(start, end - start);
  }
}
