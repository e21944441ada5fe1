package org.candor.control.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.candor.api.Bytes;

/**
 * Bytes in a JSON document, such that they can be had back exactly.
 *
 * @param encoding {@code utf-8} when they are text, else {@code base64}
 * @param text the bytes in that encoding
 */
public record Body(String encoding, String text) {

  public static Body of(Bytes bytes) {
    byte[] content = bytes.toArray();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return new Body("utf-8", text);
    } catch (CharacterCodingException e) {
      return new Body("base64", Base64.getEncoder().encodeToString(content));
    }
  }
}
