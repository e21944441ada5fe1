package org.candor.itest.harness;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The body of one call of Segment's "batch". */
public record Batch(String text) {

  private static final Pattern ID_OR_TIME =
      Pattern.compile("\"(messageId|timestamp|sentAt)\":\"[^\"]*\"");

  public JsonObject json() {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  /** The id of the payload in the journal. */
  public String id() {
    return json().get("messageId").getAsString();
  }

  public List<JsonObject> messages() {
    return StreamSupport.stream(json().getAsJsonArray("batch").spliterator(), false)
        .map(message -> message.getAsJsonObject())
        .toList();
  }

  public List<String> messageIds() {
    return messages().stream().map(message -> message.get("messageId").getAsString()).toList();
  }

  /** The properties of its only message. */
  public JsonObject properties() {
    if (messages().size() != 1) {
      throw new AssertionError("not one message: " + messageIds());
    }
    return messages().get(0).getAsJsonObject("properties");
  }

  /** The names of the units it tells of. */
  public Set<String> keys() {
    return properties().keySet();
  }

  /** The same without what differs between two reports of the same state. */
  public String withoutIdsAndTimes() {
    return ID_OR_TIME.matcher(text).replaceAll("\"$1\":\"\"");
  }
}
