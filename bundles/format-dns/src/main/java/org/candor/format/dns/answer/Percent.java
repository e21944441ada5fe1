package org.candor.format.dns.answer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Percent-encoding of RFC 3986 for values: what is left is printable ASCII that means nothing to an
 * answer's syntax, a zone file, a shell or a server's log.
 */
public final class Percent {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String ENCODED = " \"%'*;\\`$";

  private Percent() {}

  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet <= ' ' || octet > '~' || ENCODED.indexOf(octet) >= 0) {
        HEX.toHexDigits(encoded.append('%'), octet);
      } else {
        encoded.append((char) octet);
      }
    }
    return encoded.toString();
  }

  /**
   * The text; characters that need not be encoded may be, and octets of UTF-8 may stand plain.
   *
   * @param octets a text whose characters are octets
   * @return empty when that is no percent-encoding of UTF-8
   */
  static Optional<String> decode(String octets) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(octets.length());
    for (int i = 0; i < octets.length(); i++) {
      char octet = octets.charAt(i);
      if (octet > 0xff) {
        return Optional.empty();
      }
      if (octet != '%') {
        decoded.write(octet);
      } else if (i + 2 < octets.length()
          && HexFormat.isHexDigit(octets.charAt(i + 1))
          && HexFormat.isHexDigit(octets.charAt(i + 2))) {
        decoded.write(HexFormat.fromHexDigits(octets, i + 1, i + 3));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(decoded.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
