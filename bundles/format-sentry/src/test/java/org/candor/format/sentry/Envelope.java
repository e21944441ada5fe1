package org.candor.format.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.candor.api.report.Message;

/**
 * An envelope with one event, taken apart byte by byte.
 *
 * @param header the first line
 * @param itemHeader the second line
 * @param event as many bytes as the second line says
 * @param eventBytes their number
 */
record Envelope(JsonObject header, JsonObject itemHeader, JsonObject event, int eventBytes) {

  static Envelope of(Message message) {
    byte[] body = message.body().toArray();
    int first = indexOf(body, 0);
    int second = indexOf(body, first + 1);
    JsonObject itemHeader = json(Arrays.copyOfRange(body, first + 1, second));
    int length = itemHeader.get("length").getAsInt();
    assertThat(body).hasSize(second + 1 + length + 1);
    assertThat(body[body.length - 1]).isEqualTo((byte) '\n');
    return new Envelope(
        json(Arrays.copyOf(body, first)),
        itemHeader,
        json(Arrays.copyOfRange(body, second + 1, second + 1 + length)),
        length);
  }

  /** The JSON paths of all values, in the catalogue's notation. */
  List<String> paths() {
    return Stream.of(header, itemHeader, event)
        .flatMap(json -> leaves("", json).stream())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The values that stand in the event under a path in the catalogue's notation. */
  List<Object> values(String path) {
    return leaves("", event).stream()
        .filter(leaf -> leaf.getKey().equals(path))
        .map(leaf -> plain(leaf.getValue()))
        .toList();
  }

  private static Object plain(JsonPrimitive value) {
    if (value.isBoolean()) {
      return value.getAsBoolean();
    }
    return value.isNumber() ? (Object) value.getAsLong() : value.getAsString();
  }

  private static List<Map.Entry<String, JsonPrimitive>> leaves(String path, JsonElement json) {
    List<Map.Entry<String, JsonPrimitive>> leaves = new ArrayList<>();
    if (json.isJsonObject()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      json.getAsJsonObject()
          .entrySet()
          .forEach(entry -> leaves.addAll(leaves(prefix + entry.getKey(), entry.getValue())));
    } else if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(element -> leaves.addAll(leaves(path + "[]", element)));
    } else {
      assertThat(json.isJsonNull()).as("%s is null", path).isFalse();
      leaves.add(Map.entry(path, json.getAsJsonPrimitive()));
    }
    return leaves;
  }

  private static JsonObject json(byte[] line) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (CharacterCodingException e) {
      throw new AssertionError("not UTF-8", e);
    }
  }

  private static int indexOf(byte[] body, int from) {
    int at = from;
    while (body[at] != '\n') {
      at++;
    }
    return at;
  }
}
