package org.candor.sink.sentry;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.candor.api.Bytes;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Sensitivity;

/**
 * Writes into the header of an envelope when it is sent.
 *
 * <p>Format: https://develop.sentry.dev/sdk/data-model/envelopes/ ("Headers").
 */
final class SentAt {

  /** What is written. */
  static final FieldCatalogue FIELDS =
      new FieldCatalogue(
          List.of(
              new Field(
                  "sent_at",
                  FieldType.TIME,
                  "",
                  "When this attempt to send the envelope began, by the clock of this machine",
                  "Lets Sentry correct the event's time where that clock is wrong",
                  Sensitivity.NONE,
                  "0.1.0",
                  Set.of())));

  private static final String KEY = "sent_at";

  private final Clock clock;

  SentAt(Clock clock) {
    this.clock = clock;
  }

  /**
   * The envelope with the time in its header; whatever follows the first line stays byte for byte.
   *
   * @throws IllegalArgumentException when the first line is no JSON object
   */
  Bytes write(Bytes envelope) {
    byte[] body = envelope.toArray();
    int end = endOfLine(body);
    JsonObject header = header(new String(body, 0, end, StandardCharsets.UTF_8));
    header.addProperty(KEY, clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    byte[] line = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(line.length + body.length - end);
    out.writeBytes(line);
    out.write(body, end, body.length - end);
    return Bytes.copyOf(out.toByteArray());
  }

  private static JsonObject header(String line) {
    try {
      JsonElement header = JsonParser.parseString(line);
      if (header instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("an envelope begins with a header in JSON", e);
    }
    throw new IllegalArgumentException("an envelope's header is a JSON object");
  }

  private static int endOfLine(byte[] body) {
    int end = 0;
    while (end < body.length && body[end] != '\n') {
      end++;
    }
    return end;
  }
}
