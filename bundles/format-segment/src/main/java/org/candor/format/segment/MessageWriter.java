package org.candor.format.segment;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.candor.api.Bytes;
import org.candor.api.report.Message;

/**
 * Writes events as messages of at most {@link #LIMIT} bytes, properties in the order of their keys.
 *
 * <p>What does not fit into one message goes into several, in order: each has the common properties
 * and {@code part}, such as {@code 2/3}; every other property and every element of a list is in
 * exactly one of them. What fits into none by itself is left out and counted by {@code omitted} of
 * the first.
 */
final class MessageWriter {

  static final String MEDIA_TYPE = "application/vnd.candor.segment-message+json";

  /** Segment takes 32 KB; this is right for whoever reads that as 32,000 and as 32,768. */
  static final int LIMIT = 32_000;

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String WIDEST_PART = Integer.MAX_VALUE + "/" + Integer.MAX_VALUE;

  private final Notices notices;

  MessageWriter(Notices notices) {
    this.notices = notices;
  }

  /** At least one message. */
  List<Message> write(Event event, Common common) {
    int frame =
        JsonEncoder.size(json(event, common, UUID.randomUUID().toString(), widest(), List.of()));
    Parts parts = Parts.of(event.pieces(), LIMIT - frame);
    parts
        .tooLarge()
        .forEach(piece -> notices.tooLarge("an entry of " + event.name(), piece.name()));
    int count = parts.parts().size();
    if (count > 1) {
      notices.split(event.name(), count);
    }
    int omitted = common.omitted() + parts.tooLarge().size();
    List<Message> messages = new ArrayList<>();
    for (int part = 1; part <= count; part++) {
      SortedMap<String, String> own = new TreeMap<>();
      if (count > 1) {
        own.put("part", JsonEncoder.text(part + "/" + count));
      }
      if (part == 1 && omitted > 0) {
        own.put("omitted", Integer.toString(omitted));
      }
      messages.add(message(event, common, own, parts.parts().get(part - 1)));
    }
    return messages;
  }

  private static Map<String, String> widest() {
    return Map.of(
        "part", JsonEncoder.text(WIDEST_PART), "omitted", Integer.toString(Integer.MAX_VALUE));
  }

  private static Message message(
      Event event, Common common, Map<String, String> own, List<Piece> pieces) {
    String id = UUID.randomUUID().toString();
    String body = json(event, common, id, own, pieces);
    return new Message(id, event.name(), MEDIA_TYPE, Bytes.utf8(body));
  }

  private static String json(
      Event event, Common common, String id, Map<String, String> own, List<Piece> pieces) {
    SortedMap<String, String> properties = new TreeMap<>(common.properties());
    properties.putAll(own);
    List<String> elements = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Properties some) {
        properties.putAll(some.json());
      } else if (piece instanceof Piece.Element element) {
        elements.add(element.json());
      }
    }
    event.list().ifPresent(list -> properties.put(list, "[" + String.join(",", elements) + "]"));
    return JsonEncoder.of(writer -> write(writer, event, common, id, properties));
  }

  private static void write(
      JsonWriter writer, Event event, Common common, String id, Map<String, String> properties)
      throws IOException {
    writer.beginObject();
    writer.name("type").value("track");
    writer.name("event").value(event.name());
    writer.name("anonymousId").value(common.clusterId());
    if (!common.customerKey().isEmpty()) {
      writer.name("userId").value(common.customerKey());
    }
    writer.name("messageId").value(id);
    writer.name("timestamp").value(TIMESTAMP.format(common.at()));
    writer.name("properties").beginObject();
    for (Map.Entry<String, String> property : properties.entrySet()) {
      writer.name(property.getKey()).jsonValue(property.getValue());
    }
    writer.endObject().endObject();
  }
}
