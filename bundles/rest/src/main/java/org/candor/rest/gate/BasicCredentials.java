package org.candor.rest.gate;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Credentials of Basic authentication (RFC 7617): a user and password in UTF-8. Neither is empty,
 * the user holds no control character, and both are short.
 */
record BasicCredentials(String user, String password) {

  private static final String SCHEME = "basic ";
  private static final int LONGEST = 1024;

  /** Reads the value of {@code Authorization}; empty when it is not what it should be. */
  static Optional<BasicCredentials> of(String header) {
    if (header.length() > LONGEST || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] octets = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      int colon = text.indexOf(':');
      if (colon < 1
          || colon == text.length() - 1
          || text.chars().anyMatch(Character::isISOControl)) {
        return Optional.empty();
      }
      return Optional.of(new BasicCredentials(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return user;
  }
}
