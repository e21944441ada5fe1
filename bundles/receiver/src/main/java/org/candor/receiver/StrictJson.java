package org.candor.receiver;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads JSON by the letter. */
final class StrictJson {

  private static final TypeAdapter<JsonElement> JSON = new Gson().getAdapter(JsonElement.class);

  private StrictJson() {}

  /**
   * @param what for the message, such as {@code The body}
   * @throws Refusal when it is not UTF-8, not JSON, or not one object
   */
  static JsonObject object(String what, ByteBuffer utf8) throws RejectedRequestException {
    if (read(what, text(what, utf8)) instanceof JsonObject object) {
      return object;
    }
    throw new RejectedRequestException(400, what + " is not a JSON object.");
  }

  private static String text(String what, ByteBuffer utf8) throws RejectedRequestException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new RejectedRequestException(400, what + " is not UTF-8.");
    }
  }

  private static JsonElement read(String what, String text) throws RejectedRequestException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement json = JSON.read(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new RejectedRequestException(400, what + " is more than one JSON document.");
      }
      return json;
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new RejectedRequestException(400, what + " is not JSON: " + e.getMessage());
    }
  }
}
