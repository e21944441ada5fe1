package org.candor.source.dcos.mesos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.candor.http.json.JsonFormatException;
import org.candor.source.dcos.json.JsonScanner;

/**
 * Reads the answer of {@code /frameworks}. Its {@code completed_frameworks} are gone and do not
 * count.
 */
public final class FrameworksReader {

  private static final int LIMIT = 10_000;

  private FrameworksReader() {}

  /**
   * Reads one answer.
   *
   * @throws JsonFormatException also when it has no {@code frameworks}, or too many
   */
  public static List<Framework> read(JsonScanner json) throws IOException {
    List<Framework> frameworks = new ArrayList<>();
    boolean seen = false;
    if (json.beginObject()) {
      while (json.hasNext()) {
        if (json.name().equals("frameworks")) {
          seen = true;
          readList(json, frameworks);
        } else {
          json.skipValue();
        }
      }
    }
    if (!seen) {
      throw json.wrong("no frameworks");
    }
    return List.copyOf(frameworks);
  }

  private static void readList(JsonScanner json, List<Framework> frameworks) throws IOException {
    frameworks.clear();
    if (!json.beginArray()) {
      return;
    }
    while (json.hasNext()) {
      if (json.beginObject()) {
        frameworks.add(framework(json));
      }
      if (frameworks.size() > LIMIT) {
        throw json.wrong("more than " + LIMIT + " frameworks");
      }
    }
  }

  private static Framework framework(JsonScanner json) throws IOException {
    String id = "";
    String name = "";
    while (json.hasNext()) {
      switch (json.name()) {
        case "id" -> id = json.text().orElse("");
        case "name" -> name = json.text().orElse("");
        default -> json.skipValue();
      }
    }
    return new Framework(id, name);
  }
}
