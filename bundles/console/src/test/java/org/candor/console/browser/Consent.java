package org.candor.console.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Three purposes, the owner's answers to them, and an environment that may forbid. */
final class Consent {

  static final Map<String, String> KEYS =
      Map.of(
          "usage", "disableTelemetry",
          "errors", "disableCrashReporting",
          "version-check", "disableVersionCheck");

  static final List<String> PURPOSES = List.of("usage", "errors", "version-check");

  private final Map<String, Boolean> answers = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private int version = 1;

  synchronized void answer(String purpose, boolean allowed) {
    answers.put(purpose, allowed);
    version++;
  }

  synchronized void forbid(String purpose, String why) {
    environment.put(purpose, why);
  }

  synchronized boolean allowed(String purpose) {
    return !environment.containsKey(purpose) && answers.getOrDefault(purpose, true);
  }

  synchronized JsonObject cluster() {
    JsonObject json = new JsonObject();
    KEYS.forEach((purpose, key) -> json.addProperty(key, !allowed(purpose)));
    json.addProperty("version", "v" + version);
    return json;
  }

  /** Whether the version was right. */
  synchronized boolean put(JsonObject json) {
    if (!json.get("version").getAsString().equals("v" + version)) {
      return false;
    }
    KEYS.forEach(
        (purpose, key) -> {
          if (json.has(key)) {
            answer(purpose, !json.get(key).getAsBoolean());
          }
        });
    return true;
  }

  synchronized JsonObject explain(String purpose) {
    JsonArray layers = new JsonArray();
    String forbidden = environment.get(purpose);
    layers.add(
        layer(
            "environment",
            forbidden == null ? "silent" : "forbids",
            forbidden == null ? "no variable says anything" : forbidden));
    Boolean own = answers.get(purpose);
    layers.add(
        layer(
            "answers",
            own == null ? "silent" : own ? "allows" : "forbids",
            own == null ? "not answered" : "by karaf on the web page"));
    JsonObject json = new JsonObject();
    json.addProperty("purpose", purpose);
    json.addProperty("allowed", allowed(purpose));
    json.addProperty(
        "decidedBy", forbidden != null ? "environment" : own == null ? "default" : "answers");
    json.add("layers", layers);
    return json;
  }

  private static JsonObject layer(String name, String verdict, String why) {
    JsonObject json = new JsonObject();
    json.addProperty("layer", name);
    json.addProperty("verdict", verdict);
    json.addProperty("why", why);
    json.addProperty("yields", name.equals("answers"));
    return json;
  }
}
