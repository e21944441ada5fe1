package org.candor.rest.consent;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.rest.response.RefusedRequestException;

/**
 * Strict reader of one flat JSON object (RFC 8259): its keys and values.
 *
 * @param values by key
 */
record JsonFields(Map<String, JsonElement> values) {

  private static final TypeAdapter<JsonElement> JSON = new Gson().getAdapter(JsonElement.class);
  private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");
  private static final int LONGEST_SHOWN = 100;

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
    JsonFields fields = new JsonFields(parse(text(utf8)));
    for (Map.Entry<String, JsonElement> field : fields.values.entrySet()) {
      Type type = keys.get(field.getKey());
      if (type == null) {
        throw bad(
            shown(field.getKey())
                + " is not known; allowed is "
                + String.join(", ", keys.keySet()));
      }
      if (!type.fits(field.getValue())) {
        throw bad(
            field.getKey()
                + " = "
                + shown(field.getValue().toString())
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

  private static String text(byte[] utf8) throws RefusedRequestException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw bad("The body is not UTF-8");
    }
  }

  private static Map<String, JsonElement> parse(String text) throws RefusedRequestException {
    if (text.isBlank()) {
      throw bad("The body is empty; allowed is a JSON object");
    }
    Map<String, JsonElement> values = new LinkedHashMap<>();
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw bad("The body is not a JSON object");
      }
      reader.beginObject();
      while (reader.hasNext()) {
        String key = reader.nextName();
        if (values.put(key, JSON.read(reader)) != null) {
          throw bad(shown(key) + " is given twice");
        }
      }
      reader.endObject();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw bad("The body is more than one JSON object");
      }
      return values;
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw bad("The body is not JSON" + where(e));
    }
  }

  private static String where(Exception e) {
    Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
    return place.find() ? " (" + place.group() + ")" : "";
  }

  private static String shown(String text) {
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
  }

  private static RefusedRequestException bad(String reason) {
    return new RefusedRequestException(400, reason + ". Nothing was changed.");
  }
}
