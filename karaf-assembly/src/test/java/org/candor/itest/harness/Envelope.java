package org.candor.itest.harness;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** An envelope as a Sentry gets it: a header line, an item's header line, and the item. */
public record Envelope(String text) {

  private static final Pattern ID_OR_TIME =
      Pattern.compile("\"(event_id|timestamp|sent_at)\":\"?[^\",}]*\"?|\"length\":\\d+");

  public JsonObject header() {
    return object(0);
  }

  public JsonObject event() {
    JsonObject item = object(1);
    byte[] event = lines().get(2).getBytes(StandardCharsets.UTF_8);
    if (item.get("length").getAsInt() != event.length) {
      throw new AssertionError("length " + item + " is not " + event.length);
    }
    return object(2);
  }

  public String id() {
    return header().get("event_id").getAsString();
  }

  /** The component that crashed; empty in the daily report. */
  public String component() {
    JsonObject event = event();
    return event.has("logger") ? event.get("logger").getAsString() : "";
  }

  /** What the first exception says of its cause. */
  public JsonObject mechanism() {
    return event()
        .getAsJsonObject("exception")
        .getAsJsonArray("values")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("mechanism");
  }

  /** The same without what differs between two reports of the same state. */
  public String withoutIdsAndTimes() {
    return ID_OR_TIME.matcher(text).replaceAll("\"$1\":\"\"");
  }

  private JsonObject object(int line) {
    return JsonParser.parseString(lines().get(line)).getAsJsonObject();
  }

  private List<String> lines() {
    return text.lines().toList();
  }
}
