package org.candor.source.kubernetes.spec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.candor.http.json.Json;

/**
 * All resources of a kind at one moment.
 *
 * @param version from which on to watch
 */
record SpecList(String version, List<Spec> specs) {

  SpecList {
    specs = List.copyOf(specs);
  }

  /**
   * Reads a list. One without {@code items} or a version is refused: whatever answered, it is no
   * API server that says that there is nothing.
   */
  static SpecList read(Json json) throws IOException {
    List<Spec> specs = new ArrayList<>();
    String[] metadata = {"", ""};
    boolean[] listed = {false};
    json.members(
        key -> {
          switch (key) {
            case "metadata" -> metadata(json, metadata);
            case "items" -> {
              listed[0] = true;
              json.items(() -> specs.add(ApiObject.read(json).named()));
            }
            default -> json.skip();
          }
        });
    if (!listed[0] || metadata[0].isEmpty()) {
      throw json.wrong("no list of resources");
    }
    if (!metadata[1].isEmpty()) {
      throw json.wrong("only a part of a list");
    }
    return new SpecList(metadata[0], specs);
  }

  private static void metadata(Json json, String[] to) throws IOException {
    json.members(
        key -> {
          switch (key) {
            case "resourceVersion" -> to[0] = json.text();
            case "continue" -> to[1] = json.text();
            default -> json.skip();
          }
        });
  }
}
