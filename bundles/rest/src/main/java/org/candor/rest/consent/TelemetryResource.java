package org.candor.rest.consent;

import com.google.gson.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.candor.api.consent.Purpose;
import org.candor.control.Answered;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RestResponse;

/**
 * REST resource {@code /v1/telemetry} of StorageOS: {@code telemetryEnabled} stands for the DNS
 * query and the daily report together, {@code reportErrors} for crash reports.
 */
record TelemetryResource(OwnersAnswers answers) implements ConsentResource {

  private static final String ENABLED = "telemetryEnabled";
  private static final String ERRORS = "reportErrors";

  @Override
  public Map<String, JsonFields.Type> keys() {
    return new TreeMap<>(
        Map.of(
            ENABLED,
            JsonFields.Type.FLAG,
            ERRORS,
            JsonFields.Type.FLAG,
            OwnersAnswers.DECIDED_BY,
            JsonFields.Type.OBJECT,
            OwnersAnswers.MESSAGE,
            JsonFields.Type.TEXT));
  }

  @Override
  public JsonObject get() {
    JsonObject json = new JsonObject();
    json.addProperty(
        ENABLED, answers.allowed(Purpose.USAGE) && answers.allowed(Purpose.VERSION_CHECK));
    json.addProperty(ERRORS, answers.allowed(Purpose.ERRORS));
    answers.addDeciders(json);
    return json;
  }

  @Override
  public RestResponse put(JsonFields fields, Answerer answerer) throws RefusedRequestException {
    Map<Purpose, Boolean> given = new EnumMap<>(Purpose.class);
    fields
        .flag(ENABLED)
        .ifPresent(
            on -> {
              given.put(Purpose.USAGE, on);
              given.put(Purpose.VERSION_CHECK, on);
            });
    fields.flag(ERRORS).ifPresent(on -> given.put(Purpose.ERRORS, on));
    Answered answered = answers.give(new Answers(given), answerer);
    return OwnersAnswers.response(answered, get());
  }
}
