package org.candor.http.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The connection behind an exchange, for who makes a client wait. */
public interface ClientLink {

  /** The link of an exchange that this package's listener serves; empty for any other's. */
  static Optional<ClientLink> of(HttpExchange exchange) {
    return exchange.getAttribute(ClientLink.class.getName()) instanceof ClientLink link
        ? Optional.of(link)
        : Optional.empty();
  }

  /**
   * Lets the client wait. Blocks the calling thread, which must be the one that handles the
   * exchange, and may be called before the body is read only.
   *
   * @throws IOException when the client leaves meanwhile
   */
  void pause(Duration duration) throws IOException;
}
