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
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RestResponse;

/**
 * REST resource {@code /v2/cluster} of StorageOS, as far as it is about telemetry; optimistic
 * locking by {@code version}. What else the documented object holds may be sent along and is
 * ignored.
 */
record ClusterResource(OwnersAnswers answers) implements ConsentResource {

  private static final String VERSION = "version";
  private static final Map<Purpose, String> KEYS =
      new EnumMap<>(
          Map.of(
              Purpose.USAGE, "disableTelemetry",
              Purpose.ERRORS, "disableCrashReporting",
              Purpose.VERSION_CHECK, "disableVersionCheck"));

  @Override
  public Map<String, JsonFields.Type> keys() {
    Map<String, JsonFields.Type> keys = new TreeMap<>();
    KEYS.values().forEach(key -> keys.put(key, JsonFields.Type.FLAG));
    for (String text : new String[] {"id", "logLevel", "logFormat", "createdAt", "updatedAt"}) {
      keys.put(text, JsonFields.Type.TEXT);
    }
    keys.put(VERSION, JsonFields.Type.TEXT);
    keys.put(OwnersAnswers.DECIDED_BY, JsonFields.Type.OBJECT);
    keys.put(OwnersAnswers.MESSAGE, JsonFields.Type.TEXT);
    return keys;
  }

  @Override
  public JsonObject get() throws RefusedRequestException {
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
  public RestResponse put(JsonFields fields, Answerer answerer) throws RefusedRequestException {
    String version =
        fields
            .text(VERSION)
            .orElseThrow(
                () ->
                    new RefusedRequestException(
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
      throw new RefusedRequestException(
          412,
          "version is stale: somebody has answered since. Nothing was changed; GET it again, and"
              + " PUT with the version that it has then.");
    }
    return OwnersAnswers.response(answered, get());
  }

  /** A key that is as GET shows it is no answer: the whole object is usually sent back. */
  private static Map<Purpose, Boolean> given(JsonFields fields, Map<Purpose, Boolean> allowed) {
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
