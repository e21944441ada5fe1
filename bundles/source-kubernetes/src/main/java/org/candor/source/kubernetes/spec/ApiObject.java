package org.candor.source.kubernetes.spec;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.candor.api.text.PlainText;
import org.candor.http.json.Json;
import org.candor.http.json.JsonFormatException;

/**
 * Deserializer: reads an object of the API: a resource, or the Status that an error event carries.
 * A key that speaks of consent and stands there twice, or in a {@code spec} that does, counts as
 * the stricter.
 */
final class ApiObject {

  private final Map<Key, Flag> flags = new EnumMap<>(Key.class);
  private String namespace = "";
  private String name = "";
  private String version = "";
  private String distribution = "";
  private int code;

  private ApiObject() {}

  static ApiObject read(Json json) throws IOException {
    ApiObject item = new ApiObject();
    json.members(
        key -> {
          switch (key) {
            case "metadata" -> item.metadata(json);
            case "spec" -> json.members(inner -> item.spec(json, inner));
            case "code" -> item.code = json.wholeOrElse(0);
            default -> json.skip();
          }
        });
    return item;
  }

  /** The resource that was read. */
  Spec named() throws JsonFormatException {
    if (name.isEmpty()) {
      throw new JsonFormatException("a resource without a name");
    }
    return new Spec(namespace, name, flags, distribution);
  }

  /** Its resource version; empty when it has none. */
  String version() {
    return version;
  }

  /** The code of a Status; 0 when it has none. */
  int code() {
    return code;
  }

  private void metadata(Json json) throws IOException {
    json.members(
        key -> {
          switch (key) {
            case "namespace" -> namespace = once(namespace, PlainText.line(json.text()));
            case "name" -> name = once(name, PlainText.line(json.text()));
            case "resourceVersion" -> version = json.text();
            default -> json.skip();
          }
        });
  }

  private static String once(String before, String now) throws JsonFormatException {
    if (!before.isEmpty() && !before.equals(now)) {
      throw new JsonFormatException("a resource that is called " + before + " and " + now);
    }
    return now;
  }

  private void spec(Json json, String member) throws IOException {
    Optional<Key> key = Key.of(member);
    if (key.isPresent()) {
      if (!json.isNull()) {
        flags.merge(key.get(), Flag.read(json), Flag::stricter);
      }
    } else if (member.equals("k8sDistro")) {
      distribution = PlainText.line(json.text());
    } else {
      json.skip();
    }
  }
}
