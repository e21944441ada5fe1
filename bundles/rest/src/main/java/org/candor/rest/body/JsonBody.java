package org.candor.rest.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.http.json.Json;
import org.candor.http.json.JsonLimits;
import org.candor.rest.response.RefusedRequestException;

/**
 * Strict reader of a request's body that is one JSON object (RFC 8259), and the words in which
 * anything else is refused.
 *
 * @param consequence ends a refusal: a sentence that says what was not done
 */
public record JsonBody(String consequence) {

  // How large a body may be is the gate's to decide, before it is read.
  private static final JsonLimits LIMITS = JsonLimits.ofDocument(Long.MAX_VALUE, 255);
  private static final Pattern PLACE = Pattern.compile("line \\d+ column \\d+");
  private static final int LONGEST_SHOWN = 100;

  /** Reads the object from its first token to its last. */
  @FunctionalInterface
  public interface Content<T> {
    T read(Json json) throws IOException, RefusedRequestException;
  }

  /**
   * @throws RefusedRequestException when it is not UTF-8, not JSON, not one object, or when the
   *     content is refused
   */
  public <T> T read(byte[] utf8, Content<T> content) throws RefusedRequestException {
    try {
      Json json = Json.of(ByteBuffer.wrap(utf8), LIMITS);
      if (!json.isObject()) {
        throw refused("The body is not a JSON object");
      }
      T value = content.read(json);
      json.end();
      return value;
    } catch (CharacterCodingException e) {
      throw refused("The body is not UTF-8");
    } catch (IOException e) {
      throw refused("The body is not JSON" + where(e));
    }
  }

  /** A refusal that gives this reason. */
  public RefusedRequestException refused(String reason) {
    return new RefusedRequestException(400, reason + ". " + consequence);
  }

  /** As much of a text that somebody sent as a message may repeat. */
  public static String shown(String text) {
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
  }

  private static String where(IOException e) {
    Matcher place = PLACE.matcher(e.getMessage() + " " + e.getCause());
    return place.find() ? " (" + place.group() + ")" : "";
  }
}
