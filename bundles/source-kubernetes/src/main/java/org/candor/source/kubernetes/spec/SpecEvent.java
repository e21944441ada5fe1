package org.candor.source.kubernetes.spec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.candor.http.json.Json;
import org.candor.source.kubernetes.json.ApiLimits;

/**
 * A line of a watch.
 *
 * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK} or {@code ERROR}
 */
record SpecEvent(String type, ApiObject object) {

  static SpecEvent read(byte[] line) throws IOException {
    Json json = new Json(new ByteArrayInputStream(line), ApiLimits.DOCUMENT);
    String[] type = {""};
    ApiObject[] object = new ApiObject[1];
    json.members(
        key -> {
          switch (key) {
            case "type" -> {
              require(json, type[0].isEmpty());
              type[0] = json.text();
            }
            case "object" -> {
              require(json, object[0] == null);
              object[0] = ApiObject.read(json);
            }
            default -> json.skip();
          }
        });
    json.end();
    if (type[0].isEmpty() || object[0] == null) {
      throw json.wrong("no event");
    }
    return new SpecEvent(type[0], object[0]);
  }

  /** Which of two events was meant nobody knows. */
  private static void require(Json json, boolean first) throws IOException {
    if (!first) {
      throw json.wrong("two events in one");
    }
  }
}
