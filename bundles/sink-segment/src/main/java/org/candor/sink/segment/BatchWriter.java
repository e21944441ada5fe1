package org.candor.sink.segment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.candor.api.Bytes;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Message;
import org.candor.api.report.Sensitivity;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Payload;

/**
 * Puts messages into the body of Segment's "batch" call, byte for byte as they are.
 *
 * <p>Format and limits:
 * https://segment.com/docs/connections/sources/catalog/libraries/server/http-api ("Batch"): 500 KB
 * and 2,500 events a call, 32 KB an event. The last is the formatter's to keep.
 */
final class BatchWriter {

  /** The stricter reading of 500 KB, less what stands around and between the messages. */
  static final BatchLimit LIMIT = new BatchLimit(2_500, 500_000 - 4_000);

  /** What stands around the messages. */
  static final FieldCatalogue FIELDS =
      new FieldCatalogue(
          List.of(
              field(
                  "messageId",
                  FieldType.ID,
                  "Identity of the batch, computed from the identities of the messages in it",
                  "Tells a batch that is sent again after a failure from a new one",
                  Sensitivity.NONE),
              field(
                  "sentAt",
                  FieldType.TIME,
                  "When the batch was assembled, by the clock of this machine",
                  "Lets Segment correct the messages' times where that clock is wrong",
                  Sensitivity.NONE),
              field(
                  "context.library.name",
                  FieldType.TEXT,
                  "The program that sends: always candor",
                  "Segment asks every program to name itself",
                  Sensitivity.NONE),
              field(
                  "context.library.version",
                  FieldType.TEXT,
                  "The version of Candor that sends",
                  "Shows which version wrote a report that looks wrong",
                  Sensitivity.TECHNICAL)));

  private final String version;
  private final Clock clock;

  /**
   * @param version of this bundle
   */
  BatchWriter(String version, Clock clock) {
    this.version = version;
    this.clock = clock;
  }

  Payload write(List<Message> batch) {
    String id = id(batch);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      String before = "{\"batch\":[";
      for (Message message : batch) {
        body.write(before.getBytes(StandardCharsets.UTF_8));
        message.body().writeTo(body);
        before = ",";
      }
      body.write(end(id).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does no I/O", e);
    }
    return new Payload(id, "application/json", Bytes.copyOf(body.toByteArray()));
  }

  // None of the values can hold a character that JSON would have escaped.
  private String end(String id) {
    return "],\"messageId\":\""
        + id
        + "\",\"sentAt\":\""
        + clock.instant().truncatedTo(ChronoUnit.MILLIS)
        + "\",\"context\":{\"library\":{\"name\":\"candor\",\"version\":\""
        + version
        + "\"}}}";
  }

  private static String id(List<Message> batch) {
    String ids = batch.stream().map(Message::id).collect(Collectors.joining("\n"));
    return UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static Field field(
      String name, FieldType type, String meaning, String why, Sensitivity sensitivity) {
    return new Field(name, type, "", meaning, why, sensitivity, "0.1.0", Set.of());
  }
}
