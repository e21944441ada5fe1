package org.candor.rest.consent;

import com.google.gson.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.candor.api.consent.Purpose;
import org.candor.control.Answered;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.rest.answer.Answer;
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
    Map<Purpose, Boolean> allowed = allowed();
    String version = AnswersVersion.of(answers.seen(), allowed::get);
    KEYS.forEach((purpose, key) -> json.addProperty(key, !allowed.get(purpose)));
    json.addProperty(VERSION, version);
    answers.addDeciders(json);
    return json;
  }

  /** Asked for once, so that flags and version are of the same moment. */
  private Map<Purpose, Boolean> allowed() {
    Map<Purpose, Boolean> allowed = new EnumMap<>(Purpose.class);
    KEYS.keySet().forEach(purpose -> allowed.put(purpose, answers.allowed(purpose)));
    return allowed;
  }

  @Override
  public Answer put(Fields fields, Answerer answerer) throws Refusal {
    String version =
        fields
            .text(VERSION)
            .orElseThrow(
                () ->
                    new Refusal(
                        400,
                        "version is missing; allowed is what GET answers. Nothing was changed."));
    Answers seen = answers.seen();
    Map<Purpose, Boolean> allowed = allowed();
    boolean isStale = !AnswersVersion.of(seen, allowed::get).equals(version);
    Answered answered =
        isStale
            ? new Answered(false, List.of())
            : answers.giveIf(seen, new Answers(given(fields, allowed)), answerer);
    if (!answered.done()) {
      throw new Refusal(
          412,
          "version is stale: somebody has answered since. Nothing was changed; GET it again, and"
              + " PUT with the version that it has then.");
    }
    return OwnersAnswers.answer(answered, get());
  }

  /** A key that is as GET shows it is no answer: the whole object is usually sent back. */
  private static Map<Purpose, Boolean> given(Fields fields, Map<Purpose, Boolean> allowed) {
    Map<Purpose, Boolean> given = new EnumMap<>(Purpose.class);
    KEYS.forEach(
        (purpose, key) ->
            fields
                .flag(key)
                .map(disabled -> !disabled)
                .filter(on -> !on.equals(allowed.get(purpose)))
                .ifPresent(on -> given.put(purpose, on)));
    return given;
  }
}
