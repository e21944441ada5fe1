package org.candor.rest.gate;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reverse proxies that may say in {@code X-Forwarded-For} whom they speak for. What anybody else
 * says there counts for nothing.
 *
 * @param ranges their addresses
 */
public record TrustedProxies(List<AddressRange> ranges) {

  private static final Pattern PORT =
      Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d{1,5})?|([0-9.]+):\\d{1,5}");

  public TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  /** Whether many clients may share this address. */
  public boolean contains(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /** Who sent a request: the last address that is no proxy of ours. */
  InetSocketAddress client(InetSocketAddress peer, Headers headers) {
    InetAddress client = peer.getAddress();
    for (String hop : hops(headers)) {
      Optional<InetAddress> before = contains(client) ? address(hop) : Optional.empty();
      if (before.isEmpty()) {
        break;
      }
      client = before.get();
    }
    return client.equals(peer.getAddress()) ? peer : new InetSocketAddress(client, 0);
  }

  /** The newest first. */
  private static List<String> hops(Headers headers) {
    List<String> hops = new ArrayList<>();
    for (String line : headers.getOrDefault("X-Forwarded-For", List.of())) {
      Arrays.stream(line.split(",")).map(String::strip).forEach(hops::add);
    }
    Collections.reverse(hops);
    return hops;
  }

  private static Optional<InetAddress> address(String hop) {
    Matcher port = PORT.matcher(hop);
    if (port.matches()) {
      return AddressRange.address(port.group(1) == null ? port.group(2) : port.group(1));
    }
    return AddressRange.address(hop);
  }
}
