package org.candor.http.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Who counts as one client: an IPv4 address, or a /64 of IPv6, in which one machine may take as
 * many addresses as it likes.
 *
 * @param text as in logs, for comparison
 */
public record AddressBlock(String text) {

  private static final int NETWORK = 8;

  /** The block of an address. */
  public static AddressBlock of(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return new AddressBlock(address.getHostAddress());
    }
    byte[] network = Arrays.copyOf(address.getAddress(), NETWORK);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < NETWORK; i += 2) {
      text.append(Integer.toHexString((network[i] & 0xff) << 8 | network[i + 1] & 0xff))
          .append(':');
    }
    return new AddressBlock(text.append(":/64").toString());
  }

  // JDK 17 keeps the record class whose generated equals was linked last, and so its class loader.
  @Override
  public boolean equals(Object other) {
    return other instanceof AddressBlock block && text.equals(block.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
