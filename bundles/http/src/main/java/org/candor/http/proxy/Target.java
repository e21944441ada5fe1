package org.candor.http.proxy;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Whom a request is for, as {@code NO_PROXY} sees it.
 *
 * @param host in ASCII, not yet lower-cased
 * @param port the explicit or the scheme's
 * @param address when the host is a literal one
 */
record Target(String host, String port, Optional<IpLiteral> address) {

  static Target of(URI url, String standardPort) {
    Authority authority =
        Authority.of(url).orElseGet(() -> new Authority(Optional.empty(), "", ""));
    String port = authority.port().isEmpty() ? standardPort : authority.port();
    return new Target(authority.host(), port, IpLiteral.of(authority.host()));
  }

  /** Whether it is this machine, which no proxy is ever asked for. */
  boolean local() {
    return host.equals("localhost") || address.filter(IpLiteral::loopback).isPresent();
  }

  /** The host as entries are compared with it. */
  String name() {
    return host.strip().toLowerCase(Locale.ROOT);
  }
}
