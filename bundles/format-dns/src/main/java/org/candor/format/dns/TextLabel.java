package org.candor.format.dns;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * Any text as one DNS label: a letter that says what it is, then the text's UTF-8 in base32hex. A
 * text that does not fit keeps its beginning and gets a hyphen, which no base32hex has, and the
 * first 40 bits of its SHA-256: {@code p9go2u-1a2b3c4d}.
 */
final class TextLabel {

  /** RFC 1035, 2.3.4. */
  static final int LONGEST = 63;

  private static final char CUT = '-';
  private static final int HASH_BYTES = 5;
  private static final int HASH_DIGITS = Base32Hex.digits(HASH_BYTES);

  private TextLabel() {}

  /** How long the label of a whole text is. */
  static int length(String text) {
    return 1 + Base32Hex.digits(text.getBytes(StandardCharsets.UTF_8).length);
  }

  /**
   * Makes a label.
   *
   * @param kind the letter in front
   * @param text any; a half of a surrogate pair becomes a question mark
   * @param room how long the label may be, 10 at least
   */
  static String encode(char kind, String text, int room) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder label = new StringBuilder(room).append(kind);
    if (1 + Base32Hex.digits(bytes.length) <= room) {
      Base32Hex.encode(bytes, bytes.length, label);
      return label.toString();
    }
    int kept = Base32Hex.bytes(room - 2 - HASH_DIGITS);
    while (continuesCharacter(bytes[kept])) {
      kept--;
    }
    Base32Hex.encode(bytes, kept, label);
    Base32Hex.encode(sha256(bytes), HASH_BYTES, label.append(CUT));
    return label.toString();
  }

  /**
   * Reads what stands behind the letter.
   *
   * @return the text; of one that was cut the beginning, an ellipsis and the hash; empty for what
   *     {@link #encode} does not write
   */
  static Optional<String> decode(String digits) {
    int cut = digits.indexOf(CUT);
    if (cut < 0) {
      return text(digits);
    }
    String hash = digits.substring(cut + 1);
    return hash.length() == HASH_DIGITS && Base32Hex.decode(hash).isPresent()
        ? text(digits.substring(0, cut)).map(beginning -> beginning + "…" + hash)
        : Optional.empty();
  }

  private static Optional<String> text(String digits) {
    return Base32Hex.decode(digits)
        .flatMap(
            bytes -> {
              try {
                return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
              } catch (CharacterCodingException e) {
                return Optional.empty();
              }
            });
  }

  private static boolean continuesCharacter(byte utf8) {
    return (utf8 & 0xc0) == 0x80;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
