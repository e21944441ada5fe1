package org.candor.console.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Set;

/** Every text that a server can say, with markup in it that would run if it were taken for such. */
final class Hostile {

  static final String MARKUP =
      "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>\"'&{{7*7}}";

  /** Without these nothing would be shown at all: they choose what is shown. */
  private static final Set<String> CHOOSING =
      Set.of("kind", "purpose", "encoding", "mediaType", "hour", "version");

  private Hostile() {}

  static JsonElement everywhere(JsonElement json) {
    if (json instanceof JsonObject object) {
      JsonObject hostile = new JsonObject();
      object
          .entrySet()
          .forEach(
              entry ->
                  hostile.add(
                      entry.getKey(),
                      CHOOSING.contains(entry.getKey())
                          ? entry.getValue()
                          : value(entry.getKey(), entry.getValue())));
      return hostile;
    }
    if (json instanceof JsonArray array) {
      JsonArray hostile = new JsonArray();
      array.forEach(element -> hostile.add(everywhere(element)));
      return hostile;
    }
    return text(json) ? new JsonPrimitive(json.getAsString() + MARKUP) : json;
  }

  private static JsonElement value(String key, JsonElement value) {
    if (key.equals("lost") && value instanceof JsonObject reasons) {
      JsonObject hostile = new JsonObject();
      reasons.entrySet().forEach(entry -> hostile.add(entry.getKey() + MARKUP, entry.getValue()));
      return hostile;
    }
    if (key.equals("url")) {
      return new JsonPrimitive("javascript:window.hacked=1//" + MARKUP);
    }
    if (key.equals("body")) {
      return body(value.getAsString());
    }
    return everywhere(value);
  }

  /** Keys and values of a payload can be hostile, too. */
  private static JsonElement body(String body) {
    String quoted = new JsonPrimitive(MARKUP).toString();
    return new JsonPrimitive(
        body.startsWith("{")
            ? "{" + quoted + ":" + quoted + "," + body.substring(1)
            : body + MARKUP);
  }

  private static boolean text(JsonElement json) {
    return json instanceof JsonPrimitive primitive && primitive.isString();
  }
}
