package org.candor.rest.product;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.candor.http.json.Json;
import org.candor.rest.body.JsonBody;
import org.candor.rest.response.RefusedRequestException;

/**
 * JSON reader of web events. The body of a request is one event, or {@code {"key":…,"events":[…]}}.
 * Keys that are not known are left out, so that a newer page can talk to an older Candor.
 *
 * <p>{@code http}'s reader costs three per cent more here than a bare gson reader did: 865,000
 * events a second and processor for 890,000, of which 100,000 are asked for.
 */
final class EventReader {

  /** How many events a request may bring. */
  static final int MOST = 1000;

  private static final JsonBody BODY = new JsonBody("None was taken.");

  private final Clock clock;

  EventReader(Clock clock) {
    this.clock = clock;
  }

  /**
   * @throws RefusedRequestException when one of them is not as it should be; then none is taken
   */
  SentEvents read(byte[] utf8) throws RefusedRequestException {
    return BODY.read(utf8, json -> new Document(json, clock.instant()).read());
  }

  static RefusedRequestException bad(String reason) {
    return BODY.refused(reason);
  }

  /** A document that is being read. For one thread. */
  private static final class Document {

    private final Json json;
    private final Instant now;
    private final List<SentEvent> events = new ArrayList<>();
    private String key = "";
    private boolean many;

    Document(Json json, Instant now) {
      this.json = json;
      this.now = now;
    }

    SentEvents read() throws IOException, RefusedRequestException {
      EventParts single = new EventParts("", now);
      ReadKeys keys = new ReadKeys("");
      json.members(
          name -> {
            keys.add(name);
            switch (name) {
              case "key" -> key = EventParts.text(json, "key");
              case "events" -> list();
              default -> single.read(name, json);
            }
          });
      if (!many) {
        events.add(single.event());
      }
      if (events.isEmpty()) {
        throw bad("events is empty; allowed is 1 to " + MOST + " events");
      }
      return new SentEvents(key, events);
    }

    private void list() throws IOException, RefusedRequestException {
      many = true;
      if (!json.isList()) {
        throw bad("events is refused; allowed is a list of 1 to " + MOST + " events");
      }
      json.items(this::item);
    }

    private void item() throws IOException, RefusedRequestException {
      if (events.size() == MOST) {
        throw new RefusedRequestException(
            413, "There are more than " + MOST + " events in one request. None was taken.");
      }
      if (!json.isObject()) {
        throw bad("events[" + events.size() + "] is not a JSON object");
      }
      String where = "events[" + events.size() + "].";
      EventParts parts = new EventParts(where, now);
      ReadKeys keys = new ReadKeys(where);
      json.members(
          name -> {
            keys.add(name);
            parts.read(name, json);
          });
      events.add(parts.event());
    }
  }
}
