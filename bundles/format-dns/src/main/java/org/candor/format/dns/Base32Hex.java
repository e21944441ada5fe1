package org.candor.format.dns;

import java.util.Arrays;
import java.util.Optional;

/** RFC 4648's base32hex in lower case and without padding: it survives DNS, which has no case. */
final class Base32Hex {

  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";
  private static final byte[] VALUES = values();

  private Base32Hex() {}

  /** How many digits that many bytes need. */
  static int digits(int bytes) {
    return (bytes * 8 + 4) / 5;
  }

  /** How many whole bytes fit into that many digits. */
  static int bytes(int digits) {
    return digits * 5 / 8;
  }

  /** Appends the first bytes. */
  static void encode(byte[] bytes, int length, StringBuilder out) {
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < length; i++) {
      buffer = (buffer << 8 | bytes[i] & 0xff) & 0xfff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        out.append(DIGITS.charAt(buffer >> bits & 31));
      }
    }
    if (bits > 0) {
      out.append(DIGITS.charAt(buffer << 5 - bits & 31));
    }
  }

  /** The bytes; empty for anything that {@link #encode} does not write, apart from its case. */
  static Optional<byte[]> decode(String text) {
    byte[] bytes = new byte[bytes(text.length())];
    if (digits(bytes.length) != text.length()) {
      return Optional.empty();
    }
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit >= VALUES.length || VALUES[digit] < 0) {
        return Optional.empty();
      }
      buffer = (buffer << 5 | VALUES[digit]) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >> bits);
      }
    }
    return (buffer & (1 << bits) - 1) == 0 ? Optional.of(bytes) : Optional.empty();
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (byte value = 0; value < DIGITS.length(); value++) {
      char digit = DIGITS.charAt(value);
      values[digit] = value;
      values[Character.toUpperCase(digit)] = value;
    }
    return values;
  }
}
