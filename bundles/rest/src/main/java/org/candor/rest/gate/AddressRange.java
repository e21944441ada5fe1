package org.candor.rest.gate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses of one network (CIDR).
 *
 * @param network what they begin with, as it stands there
 * @param bits how many bits of that count
 */
public record AddressRange(InetAddress network, int bits) {

  private static final Pattern RANGE = Pattern.compile("([0-9a-fA-F:.]+)(?:/(\\d{1,3}))?");
  private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");

  /**
   * @param text an address, or one with a slash and a number of bits
   * @throws IllegalArgumentException when it is neither
   */
  public static AddressRange of(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new IllegalArgumentException(text);
    }
    InetAddress network =
        address(range.group(1)).orElseThrow(() -> new IllegalArgumentException(text));
    int all = network.getAddress().length * Byte.SIZE;
    int bits = range.group(2) == null ? all : Integer.parseInt(range.group(2));
    if (bits > all) {
      throw new IllegalArgumentException(text);
    }
    return new AddressRange(network, bits);
  }

  /** An address of IPv4 or IPv6, for which no DNS is asked; empty when it is neither. */
  static Optional<InetAddress> address(String text) {
    if (!IPV4.matcher(text).matches() && !(text.contains(":") && RANGE.matcher(text).matches())) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    int whole = bits / Byte.SIZE;
    int rest = Byte.SIZE - bits % Byte.SIZE;
    return ours.length == theirs.length
        && Arrays.equals(ours, 0, whole, theirs, 0, whole)
        && (whole == ours.length || (ours[whole] & 0xff) >> rest == (theirs[whole] & 0xff) >> rest);
  }
}
