package org.candor.http.client;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.candor.http.proxy.Authority;

/**
 * A proxy that can be asked.
 *
 * @param peer where it is; its scheme is one of those that can be carried out
 * @param login for it, when it was given one
 */
record ProxyServer(Peer peer, Optional<ProxyCredentials> login) {

  /** What {@link #of} takes, for sentences. */
  static final String SCHEMES = "http://, https://, socks5:// or socks5h://";

  private static final Map<String, Integer> STANDARD_PORTS =
      Map.of("http", 80, "https", 443, "socks5", 1080, "socks5h", 1080);

  /**
   * Reads the URL of a proxy.
   *
   * @throws IllegalArgumentException when it cannot be carried out; says why, as what comes after
   *     "a proxy", without the user information
   */
  static ProxyServer of(URI url) {
    String scheme = url.getScheme();
    Integer standard = STANDARD_PORTS.get(scheme);
    if (standard == null) {
      throw new IllegalArgumentException(
          "with the scheme " + scheme + "://; supported are only " + SCHEMES);
    }
    Authority authority =
        Authority.of(url)
            .filter(found -> !found.host().isEmpty())
            .orElseThrow(() -> new IllegalArgumentException("without a host"));
    Peer peer = new Peer(scheme, authority.host(), port(authority.port(), standard));
    return new ProxyServer(peer, authority.userInfo().flatMap(ProxyCredentials::of));
  }

  /** The same with this password for its user. */
  ProxyServer with(String password) {
    return new ProxyServer(peer, login.map(given -> new ProxyCredentials(given.user(), password)));
  }

  private static int port(String digits, int standard) {
    if (digits.isEmpty()) {
      return standard;
    }
    int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("with a port that is not between 1 and 65535");
    }
    return port;
  }

  /** Whether it speaks HTTP rather than SOCKS. */
  boolean http() {
    return peer.scheme().startsWith("http");
  }

  /** For sentences: "the proxy host:port". */
  @Override
  public String toString() {
    return "the proxy " + peer;
  }
}
