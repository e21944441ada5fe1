package org.candor.core.upgrade;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeAnswer;

/**
 * Persisted upgrade answer: the one that counts, as it is kept on disk.
 *
 * @param answer what the vendor said
 * @param from the endpoint that it came from; empty when an older version kept it
 * @param confirmedAt when it was last heard
 */
record KnownUpgrade(UpgradeAnswer answer, String from, Instant confirmedAt) {

  String encode() {
    JsonObject json = new JsonObject();
    json.addProperty("product", answer.product());
    json.addProperty("running", answer.running());
    json.addProperty("newest", answer.newest());
    json.addProperty("severity", answer.severity().name());
    answer.link().ifPresent(link -> json.addProperty("link", link.toString()));
    json.addProperty("issuedAt", answer.issuedAt().toString());
    json.addProperty("expiresAt", answer.expiresAt().toString());
    json.addProperty("from", from);
    json.addProperty("signed", answer.signed());
    json.addProperty("confirmedAt", confirmedAt.toString());
    return json.toString();
  }

  /** What {@link #encode} wrote; empty when it is damaged. */
  static Optional<KnownUpgrade> decode(String text) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      return Optional.of(
          new KnownUpgrade(
              new UpgradeAnswer(
                  json.get("product").getAsString(),
                  json.get("running").getAsString(),
                  json.get("newest").getAsString(),
                  Severity.valueOf(json.get("severity").getAsString()),
                  Optional.ofNullable(json.get("link")).map(link -> URI.create(link.getAsString())),
                  Instant.parse(json.get("issuedAt").getAsString()),
                  Instant.parse(json.get("expiresAt").getAsString()),
                  json.get("signed").getAsBoolean()),
              json.has("from") ? json.get("from").getAsString() : "",
              Instant.parse(json.get("confirmedAt").getAsString())));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
