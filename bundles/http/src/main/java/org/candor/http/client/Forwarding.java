package org.candor.http.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;

/** Requests that a proxy reads and passes on itself; RFC 9112, section 3.2.2. */
final class Forwarding {

  private Forwarding() {}

  /** Adds the login; the client itself writes the whole URL. */
  static void authorise(ClassicHttpRequest request, ProxyServer proxy) {
    proxy.login().ifPresent(login -> request.setHeader("Proxy-Authorization", login.basic()));
  }

  /**
   * Says whether the answer is the proxy's own no. It must not pass for the target's, which would
   * judge the payload; and most proxies show whose it is.
   *
   * @param headers by lower-case name
   */
  static Optional<ProxyException> refusal(
      ProxyServer proxy, int status, Map<String, List<String>> headers) {
    // Squid; RFC 9209; tinyproxy, which leaves the header of a target alone.
    boolean own =
        headers.containsKey("x-squid-error")
            || any(headers, "proxy-status", ".*;\\s*error=.*")
            || any(headers, "server", "tinyproxy/.*");
    if (status == 407 || own && status == 401) {
      return Optional.of(ProxyException.login(proxy));
    }
    return own && status >= 400
        ? Optional.of(new ProxyException("did not pass the request on (HTTP " + status + ")"))
        : Optional.empty();
  }

  private static boolean any(Map<String, List<String>> headers, String name, String pattern) {
    return headers.getOrDefault(name, List.of()).stream().anyMatch(value -> value.matches(pattern));
  }
}
