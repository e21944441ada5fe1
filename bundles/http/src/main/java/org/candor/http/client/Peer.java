package org.candor.http.client;

import java.net.URI;

/**
 * The other side of an exchange.
 *
 * @param scheme {@code http} or {@code https}
 * @param host name or literal address, without brackets
 * @param port the explicit or the scheme's
 */
record Peer(String scheme, String host, int port) {

  static Peer of(URI target) {
    String scheme = target.getScheme();
    if (target.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("No absolute http or https URI with a host");
    }
    String host = target.getHost().replaceAll("^\\[|\\]$", "");
    int standard = "https".equals(scheme) ? 443 : 80;
    return new Peer(scheme, host, target.getPort() < 0 ? standard : target.getPort());
  }

  boolean secure() {
    return "https".equals(scheme);
  }

  /** Host and port, for sentences. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
