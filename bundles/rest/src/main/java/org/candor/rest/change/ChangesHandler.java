package org.candor.rest.change;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import org.candor.rest.response.Methods;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RestResponse;

/** {@code GET /v1/changes}: server-sent events (HTML standard, 9.2). */
final class ChangesHandler implements HttpHandler {

  private static final Methods METHODS = new Methods("GET, HEAD, OPTIONS");
  private static final String TYPE = "text/event-stream";

  private final EventStreams streams;

  ChangesHandler(EventStreams streams) {
    this.streams = streams;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "GET" -> begin(exchange);
      case "HEAD" -> RestResponse.empty(200).with("Content-Type", TYPE).send(exchange);
      case "OPTIONS" -> METHODS.options().send(exchange);
      default -> METHODS.refusal(exchange).response().send(exchange);
    }
  }

  private void begin(HttpExchange exchange) throws IOException {
    if (!streams.take()) {
      new RefusedRequestException(
              503,
              EventStreams.MOST
                  + " streams are open already; try again when one of them has ended.",
              Map.of("Retry-After", "15"))
          .response()
          .send(exchange);
      return;
    }
    boolean begun = false;
    try {
      exchange.getResponseHeaders().set("Content-Type", TYPE);
      exchange.sendResponseHeaders(200, 0);
      streams.begin(exchange);
      begun = true;
    } finally {
      if (!begun) {
        streams.giveBack();
      }
    }
  }
}
