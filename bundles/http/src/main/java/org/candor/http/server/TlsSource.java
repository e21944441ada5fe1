package org.candor.http.server;

import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Where a listener has its certificate from; asked for each connection. */
@FunctionalInterface
public interface TlsSource {

  /**
   * The certificate to show; empty for HTTP without TLS.
   *
   * @throws IOException when there is to be TLS and no certificate; the connection is closed
   */
  Optional<SSLContext> context() throws IOException;
}
