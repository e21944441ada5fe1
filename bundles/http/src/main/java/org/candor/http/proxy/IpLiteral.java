package org.candor.http.proxy;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IP address that was written as one; RFC 4291, section 2.2, for version 6. Nothing is ever
 * looked up, and the shorthands for version 4 that the JDK takes, such as {@code 127.1}, are names.
 */
final class IpLiteral {

  private static final String BYTE = "(0|[1-9]\\d{0,2})";
  private static final Pattern FOUR =
      Pattern.compile(BYTE + "\\." + BYTE + "\\." + BYTE + "\\." + BYTE);
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final int GROUPS = 8;

  private final byte[] bytes;

  private IpLiteral(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The address; its zone does not count. Empty for what is no address, such as a name. */
  static Optional<IpLiteral> of(String text) {
    int zone = text.indexOf('%');
    if (zone < 0) {
      return text.contains(":") ? six(text) : four(text).map(IpLiteral::new);
    }
    boolean named = zone < text.length() - 1;
    return named && text.lastIndexOf(':', zone) >= 0
        ? six(text.substring(0, zone))
        : Optional.empty();
  }

  /** 127.0.0.0/8 or ::1, also where the former is mapped into version 6. */
  boolean loopback() {
    byte[] short4 = unmapped();
    return short4.length == 4
        ? short4[0] == 127
        : Arrays.equals(bytes, six("::1").orElseThrow().bytes);
  }

  /** How many bits an address of this version has. */
  int bits() {
    return bytes.length * 8;
  }

  /** Whether the other address is the same, mapped into version 6 or not. */
  boolean same(IpLiteral other) {
    return Arrays.equals(unmapped(), other.unmapped());
  }

  /** Whether the other address has the same first bits. */
  boolean covers(int prefix, IpLiteral other) {
    byte[] network = bytes;
    int length = prefix;
    if (mapped() && prefix >= 96) {
      network = unmapped();
      length = prefix - 96;
    }
    byte[] host = other.unmapped();
    return network.length == host.length && startAlike(network, host, length);
  }

  private static boolean startAlike(byte[] one, byte[] other, int bits) {
    int whole = bits / 8;
    if (!Arrays.equals(one, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((one[whole] ^ other[whole]) & 0xff) >> (8 - rest) == 0;
  }

  private byte[] unmapped() {
    return mapped() ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
  }

  private boolean mapped() {
    return bytes.length == 16
        && Arrays.equals(bytes, 0, 10, new byte[10], 0, 10)
        && bytes[10] == -1
        && bytes[11] == -1;
  }

  private static Optional<byte[]> four(String text) {
    Matcher matcher = FOUR.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      int value = Integer.parseInt(matcher.group(i + 1));
      if (value > 255) {
        return Optional.empty();
      }
      bytes[i] = (byte) value;
    }
    return Optional.of(bytes);
  }

  private static Optional<IpLiteral> six(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true).filter(all -> all.length == 16).map(IpLiteral::new);
    }
    Optional<byte[]> before = groups(text.substring(0, gap), false);
    Optional<byte[]> after = groups(text.substring(gap + 2), true);
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    byte[] start = before.get();
    byte[] end = after.get();
    // The gap stands for one group at least.
    if (start.length + end.length > 2 * (GROUPS - 1)) {
      return Optional.empty();
    }
    byte[] bytes = Arrays.copyOf(start, 16);
    System.arraycopy(end, 0, bytes, 16 - end.length, end.length);
    return Optional.of(new IpLiteral(bytes));
  }

  private static Optional<byte[]> groups(String text, boolean last) {
    if (text.isEmpty()) {
      return Optional.of(new byte[0]);
    }
    String[] parts = text.split(":", GROUPS + 2);
    byte[] bytes = new byte[0];
    for (int i = 0; i < parts.length; i++) {
      Optional<byte[]> part =
          last && i == parts.length - 1 && parts[i].contains(".")
              ? four(parts[i])
              : group(parts[i]);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      int end = bytes.length;
      bytes = Arrays.copyOf(bytes, end + part.get().length);
      System.arraycopy(part.get(), 0, bytes, end, part.get().length);
    }
    return bytes.length > 16 ? Optional.empty() : Optional.of(bytes);
  }

  private static Optional<byte[]> group(String text) {
    if (!GROUP.matcher(text).matches()) {
      return Optional.empty();
    }
    int value = Integer.parseInt(text, 16);
    return Optional.of(new byte[] {(byte) (value >> 8), (byte) value});
  }
}
