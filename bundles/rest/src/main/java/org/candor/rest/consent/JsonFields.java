package org.candor.rest.consent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.candor.rest.body.JsonBody;
import org.candor.rest.response.RefusedRequestException;

/**
 * Strict reader of one flat JSON object (RFC 8259): its keys and values.
 *
 * @param values by key
 */
record JsonFields(Map<String, JsonElement> values) {

  private static final JsonBody BODY = new JsonBody("Nothing was changed.");

  /** What a key may hold. */
  enum Type {
    FLAG("true or false") {
      @Override
      boolean fits(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isBoolean();
      }
    },
    TEXT("text") {
      @Override
      boolean fits(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isString();
      }
    },
    OBJECT("an object") {
      @Override
      boolean fits(JsonElement value) {
        return value instanceof JsonObject;
      }
    };

    private final String allowed;

    Type(String allowed) {
      this.allowed = allowed;
    }

    abstract boolean fits(JsonElement value);
  }

  /**
   * @param keys that may be there, and what they hold
   * @throws RefusedRequestException for anything else
   */
  static JsonFields read(byte[] utf8, Map<String, Type> keys) throws RefusedRequestException {
    JsonFields fields = new JsonFields(parse(utf8));
    for (Map.Entry<String, JsonElement> field : fields.values.entrySet()) {
      Type type = keys.get(field.getKey());
      if (type == null) {
        throw BODY.refused(
            JsonBody.shown(field.getKey())
                + " is not known; allowed is "
                + String.join(", ", keys.keySet()));
      }
      if (!type.fits(field.getValue())) {
        throw BODY.refused(
            field.getKey()
                + " = "
                + JsonBody.shown(field.getValue().toString())
                + " is refused; allowed is "
                + type.allowed);
      }
    }
    return fields;
  }

  /** A flag; empty when the key was left out. */
  Optional<Boolean> flag(String key) {
    return Optional.ofNullable(values.get(key)).map(JsonElement::getAsBoolean);
  }

  /** A text; empty when the key was left out. */
  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).map(JsonElement::getAsString);
  }

  private static Map<String, JsonElement> parse(byte[] utf8) throws RefusedRequestException {
    if (new String(utf8, StandardCharsets.UTF_8).isBlank()) {
      throw BODY.refused("The body is empty; allowed is a JSON object");
    }
    return BODY.read(
        utf8,
        json -> {
          Map<String, JsonElement> values = new LinkedHashMap<>();
          json.members(
              key -> {
                if (values.put(key, json.tree()) != null) {
                  throw BODY.refused(JsonBody.shown(key) + " is given twice");
                }
              });
          return values;
        });
  }
}
