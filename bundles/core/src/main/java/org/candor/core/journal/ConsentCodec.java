package org.candor.core.journal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.api.consent.Purpose;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Way;

/**
 * JSON codec: a change of what is allowed. Both {@code purpose} and {@code channel} are always
 * there: one of them has a value, the other is null.
 */
final class ConsentCodec {

  private static final String PURPOSE = "purpose";
  private static final String CHANNEL = "channel";

  private ConsentCodec() {}

  static JsonObject encode(ConsentChange change) {
    JsonObject json = new JsonObject();
    json.addProperty("id", change.id());
    json.addProperty("at", change.at().toString());
    json.addProperty(PURPOSE, change.purpose().map(Purpose::label).orElse(null));
    json.addProperty(CHANNEL, change.channel().orElse(null));
    json.addProperty("from", change.from().label());
    json.addProperty("to", change.to().label());
    json.addProperty("way", change.way().label());
    json.addProperty("by", change.by());
    json.addProperty("address", change.address());
    return json;
  }

  static ConsentChange decode(JsonObject json) {
    return new ConsentChange(
        json.get("id").getAsString(),
        Instant.parse(json.get("at").getAsString()),
        text(json, PURPOSE).map(label -> Purpose.of(label).orElseThrow()),
        text(json, CHANNEL),
        state(json.get("from").getAsString()),
        state(json.get("to").getAsString()),
        new Way(json.get("way").getAsString()),
        json.get("by").getAsString(),
        json.get("address").getAsString());
  }

  private static Optional<String> text(JsonObject json, String key) {
    JsonElement value = json.get(key);
    return value.isJsonNull() ? Optional.empty() : Optional.of(value.getAsString());
  }

  private static ConsentState state(String label) {
    return Stream.of(ConsentState.values())
        .filter(state -> state.label().equals(label))
        .findFirst()
        .orElseThrow();
  }
}
