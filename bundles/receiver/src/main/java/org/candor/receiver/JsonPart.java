package org.candor.receiver;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.candor.http.json.Json;
import org.candor.http.json.JsonLimits;

/**
 * Part of a body that has to be a JSON object (RFC 8259), by the letter.
 *
 * @param what for messages, such as {@code The body}
 */
record JsonPart(String what) {

  // How large a body may be is decided before it is read.
  private static final JsonLimits LIMITS = JsonLimits.ofDocument(Long.MAX_VALUE, 255);

  /**
   * @throws RejectedRequestException when it is not UTF-8, not JSON, or not one object
   */
  JsonObject read(ByteBuffer utf8) throws RejectedRequestException {
    try {
      Json json = Json.of(utf8, LIMITS);
      JsonElement tree = json.tree();
      json.end();
      if (tree instanceof JsonObject object) {
        return object;
      }
      throw rejected("is not a JSON object.");
    } catch (CharacterCodingException e) {
      throw rejected("is not UTF-8.");
    } catch (IOException e) {
      throw rejected("is not JSON: " + e.getMessage());
    }
  }

  private RejectedRequestException rejected(String why) {
    return new RejectedRequestException(400, what + " " + why);
  }
}
