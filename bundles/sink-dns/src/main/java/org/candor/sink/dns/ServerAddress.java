package org.candor.sink.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Server address: a name server as the owner wrote it.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port from 1 to 65535
 */
record ServerAddress(String host, int port) {

  private static final int DNS = 53;
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+(?:%[\\w.-]+)?]|[^\\[\\]:]+)(?::(\\d{1,5}))?");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  /**
   * Reads {@code host} or {@code host:port}.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ServerAddress parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    int port = parts.group(2) == null ? DNS : Integer.parseInt(parts.group(2));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(text);
    }
    ServerAddress place = new ServerAddress(parts.group(1), port);
    if (place.host.startsWith("[")) {
      place.literal();
    } else if (!place.isLiteral()) {
      DomainName.parse(place.host);
    }
    return place;
  }

  /** Whether the host is an address, so that nobody need be asked for it. */
  boolean isLiteral() {
    return host.startsWith("[") || IPV4.matcher(host).matches();
  }

  /** The address that the host is. */
  InetAddress literal() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(host, e);
    }
  }

  @Override
  public String toString() {
    return port == DNS ? host : host + ":" + port;
  }
}
