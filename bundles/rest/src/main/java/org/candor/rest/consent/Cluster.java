package org.candor.rest.consent;

import com.google.gson.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.candor.api.consent.Purpose;
import org.candor.api.control.Answers;
import org.candor.rest.answer.Refusal;

/**
 * {@code /v2/cluster} of StorageOS, as far as it is about telemetry. What else the documented
 * object holds may be sent along and is ignored.
 */
record Cluster(OwnersAnswers answers) implements Resource {

  private static final String VERSION = "version";
  private static final Map<Purpose, String> KEYS =
      new EnumMap<>(
          Map.of(
              Purpose.USAGE, "disableTelemetry",
              Purpose.ERRORS, "disableCrashReporting",
              Purpose.VERSION_CHECK, "disableVersionCheck"));

  @Override
  public Map<String, Fields.Type> keys() {
    Map<String, Fields.Type> keys = new TreeMap<>();
    KEYS.values().forEach(key -> keys.put(key, Fields.Type.FLAG));
    for (String text : new String[] {"id", "logLevel", "logFormat", "createdAt", "updatedAt"}) {
      keys.put(text, Fields.Type.TEXT);
    }
    keys.put(VERSION, Fields.Type.TEXT);
    keys.put(OwnersAnswers.DECIDED_BY, Fields.Type.OBJECT);
    keys.put(OwnersAnswers.MESSAGE, Fields.Type.TEXT);
    return keys;
  }

  @Override
  public JsonObject get() throws Refusal {
    JsonObject json = new JsonObject();
    String version = AnswersVersion.of(answers.seen());
    KEYS.forEach((purpose, key) -> json.addProperty(key, !answers.allowed(purpose)));
    json.addProperty(VERSION, version);
    answers.addDeciders(json);
    return json;
  }

  @Override
  public JsonObject put(Fields fields) throws Refusal {
    String version =
        fields
            .text(VERSION)
            .orElseThrow(
                () ->
                    new Refusal(
                        400,
                        "version is missing; allowed is what GET answers. Nothing was changed."));
    Map<Purpose, Boolean> given = new EnumMap<>(Purpose.class);
    KEYS.forEach((purpose, key) -> fields.flag(key).ifPresent(no -> given.put(purpose, !no)));
    Answers said = new Answers(given);
    Answers seen = answers.seen();
    if (!AnswersVersion.of(seen).equals(version) || !given(seen, said)) {
      throw new Refusal(
          412,
          "version is stale: somebody has answered since. Nothing was changed; GET it again, and"
              + " PUT with the version that it has then.");
    }
    JsonObject json = get();
    answers.addFutile(json, said);
    return json;
  }

  private boolean given(Answers seen, Answers said) throws Refusal {
    return said.given().isEmpty() || answers.giveIf(seen, said);
  }
}
