package org.candor.rest.product;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.CharArrayReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.rest.response.RefusedRequestException;

/**
 * JSON reader of web events. The body of a request is one event, or {@code {"key":…,"events":[…]}}.
 * Keys that are not known are left out, so that a newer page can talk to an older Candor.
 */
final class EventReader {

  /** How many events a request may bring. */
  static final int MOST = 1000;

  private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");

  private final Clock clock;

  EventReader(Clock clock) {
    this.clock = clock;
  }

  /**
   * @throws RefusedRequestException when one of them is not as it should be; then none is taken
   */
  SentEvents read(byte[] utf8) throws RefusedRequestException {
    CharBuffer text = text(utf8);
    try (JsonReader reader =
        new JsonReader(new CharArrayReader(text.array(), text.arrayOffset(), text.length()))) {
      reader.setStrictness(Strictness.STRICT);
      SentEvents events = document(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw bad("The body is more than one JSON object");
      }
      return events;
    } catch (IOException | JsonParseException | IllegalStateException e) {
      Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
      throw bad("The body is not JSON" + (place.find() ? " (" + place.group() + ")" : ""));
    }
  }

  private static CharBuffer text(byte[] utf8) throws RefusedRequestException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException e) {
      throw bad("The body is not UTF-8");
    }
  }

  private SentEvents document(JsonReader reader) throws IOException, RefusedRequestException {
    if (reader.peek() != JsonToken.BEGIN_OBJECT) {
      throw bad("The body is not a JSON object");
    }
    Instant now = clock.instant();
    EventParts single = new EventParts("", now);
    List<SentEvent> events = new ArrayList<>();
    String key = "";
    boolean many = false;
    ReadKeys keys = new ReadKeys("");
    reader.beginObject();
    while (reader.hasNext()) {
      String name = keys.next(reader);
      if (name.equals("key")) {
        key = EventParts.text(reader, "key");
      } else if (name.equals("events")) {
        many = true;
        events(reader, events, now);
      } else {
        single.read(name, reader);
      }
    }
    reader.endObject();
    if (!many) {
      events.add(single.event());
    }
    if (events.isEmpty()) {
      throw bad("events is empty; allowed is 1 to " + MOST + " events");
    }
    return new SentEvents(key, events);
  }

  private static void events(JsonReader reader, List<SentEvent> events, Instant now)
      throws IOException, RefusedRequestException {
    if (reader.peek() != JsonToken.BEGIN_ARRAY) {
      throw bad("events is refused; allowed is a list of 1 to " + MOST + " events");
    }
    reader.beginArray();
    while (reader.hasNext()) {
      if (events.size() == MOST) {
        throw new RefusedRequestException(
            413, "There are more than " + MOST + " events in one request. None was taken.");
      }
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw bad("events[" + events.size() + "] is not a JSON object");
      }
      String where = "events[" + events.size() + "].";
      EventParts parts = new EventParts(where, now);
      ReadKeys keys = new ReadKeys(where);
      reader.beginObject();
      while (reader.hasNext()) {
        parts.read(keys.next(reader), reader);
      }
      reader.endObject();
      events.add(parts.event());
    }
    reader.endArray();
  }

  static RefusedRequestException bad(String reason) {
    return new RefusedRequestException(400, reason + ". None was taken.");
  }
}
