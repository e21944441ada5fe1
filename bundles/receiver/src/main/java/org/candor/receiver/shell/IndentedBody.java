package org.candor.receiver.shell;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/** A body that people can read. */
final class IndentedBody {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  private IndentedBody() {}

  /** The same JSON document, one value a line; anything else as it is. */
  static String of(String body) {
    try {
      return GSON.toJson(JsonParser.parseString(body));
    } catch (JsonParseException notJson) {
      return body;
    }
  }
}
