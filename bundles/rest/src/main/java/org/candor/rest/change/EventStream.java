package org.candor.rest.change;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Subscription: one client's stream of server-sent events. For one thread at a time. */
final class EventStream {

  private final HttpExchange exchange;
  private final OutputStream out;
  private final long since;

  /**
   * @param since {@link System#nanoTime()}
   */
  EventStream(HttpExchange exchange, long since) {
    this.exchange = exchange;
    this.out = exchange.getResponseBody();
    this.since = since;
  }

  long since() {
    return since;
  }

  /**
   * Sends this at once.
   *
   * @return whether the client is still there
   */
  boolean send(String lines) {
    try {
      out.write(lines.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void end() {
    exchange.close();
  }
}
