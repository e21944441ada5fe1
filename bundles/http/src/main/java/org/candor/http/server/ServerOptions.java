package org.candor.http.server;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a listener asks for each connection; all of it may change while it serves.
 *
 * @param limits the bounds
 * @param proxies addresses that many clients share, so that the bound of one address is not theirs
 * @param tls where the certificate comes from
 */
public record ServerOptions(ServerLimits limits, Predicate<InetAddress> proxies, TlsSource tls) {

  /** Without TLS and proxies. */
  public static ServerOptions of(ServerLimits limits) {
    return new ServerOptions(limits, address -> false, Optional::empty);
  }
}
