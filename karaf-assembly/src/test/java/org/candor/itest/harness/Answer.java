package org.candor.itest.harness;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * What a command said.
 *
 * @param exit its exit status
 * @param out what it printed
 * @param err what it complained about
 */
public record Answer(int exit, String out, String err) {

  /** The one JSON document that was printed. */
  public JsonElement json() {
    try {
      return JsonParser.parseString(out);
    } catch (RuntimeException e) {
      throw new AssertionError("no JSON document: " + this, e);
    }
  }

  public JsonObject object() {
    return json().getAsJsonObject();
  }

  /** Everything it said. */
  public String text() {
    return out + err;
  }
}
