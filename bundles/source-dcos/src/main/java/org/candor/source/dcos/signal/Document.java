package org.candor.source.dcos.signal;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.candor.api.fact.FactNames;
import org.candor.api.text.PlainText;
import org.candor.http.json.Json;

/**
 * What one file says. Names are taken in any case, as Go takes them; {@code enabled} that stands
 * twice counts as the stricter, any other key as Go takes it: the last.
 *
 * @param enabled empty when it does not stand there
 * @param facts values by the names of facts; never empty ones
 */
record Document(Optional<Enabled> enabled, Map<String, String> facts) {

  static final Document NOTHING = new Document(Optional.empty(), Map.of());

  private static final Map<String, String> OF_SIGNAL =
      Map.of(
          "customer_key", FactNames.CUSTOMER_KEY,
          "gen_platform", FactNames.PLATFORM,
          "gen_provider", FactNames.PROVIDER,
          "gen_variant", FactNames.PRODUCT_VARIANT,
          "license_id", FactNames.LICENSE_ID);

  private static final Map<String, String> OF_VERSION =
      Map.of(
          "version", FactNames.PRODUCT_VERSION,
          "dcos-variant", FactNames.PRODUCT_VARIANT);

  Document {
    facts = Map.copyOf(facts);
  }

  /** Reads a file of dcos-signal's configuration. */
  static Document signal(Json json) throws IOException {
    return read(json, OF_SIGNAL, true);
  }

  /** Reads {@code dcos-version.json}. */
  static Document version(Json json) throws IOException {
    return read(json, OF_VERSION, false);
  }

  private static Document read(Json json, Map<String, String> names, boolean isSignal)
      throws IOException {
    if (json.isNull()) {
      throw json.wrong("null where an object is due");
    }
    Map<String, String> facts = new HashMap<>();
    Enabled[] enabled = new Enabled[1];
    json.members(
        member -> {
          String key = member.toLowerCase(Locale.ROOT);
          if (isSignal && key.equals("enabled")) {
            Enabled now = Enabled.read(json);
            enabled[0] = enabled[0] == null ? now : Enabled.stricter(enabled[0], now);
          } else if (names.containsKey(key)) {
            facts.put(names.get(key), PlainText.line(json.textOrElse("")));
          } else {
            json.skip();
          }
        });
    facts.values().removeIf(String::isEmpty);
    return new Document(Optional.ofNullable(enabled[0]), facts);
  }
}
