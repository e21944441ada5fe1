package org.candor.receiver.shell;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Optional;
import java.util.stream.Collectors;

/** A body that people can read. */
final class IndentedBody {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  private IndentedBody() {}

  /**
   * The same JSON document, one value a line; of an envelope, which is a JSON document a line, each
   * of them; anything else as it is.
   */
  static String of(String body) {
    return document(body)
        .orElseGet(
            () ->
                body.lines()
                    .map(line -> line.startsWith("{") ? document(line).orElse(line) : line)
                    .collect(Collectors.joining("\n")));
  }

  private static Optional<String> document(String json) {
    try {
      return Optional.of(GSON.toJson(JsonParser.parseString(json)));
    } catch (JsonParseException notJson) {
      return Optional.empty();
    }
  }
}
