package org.candor.rest.product;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import org.candor.rest.response.Methods;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RespondingHandler;
import org.candor.rest.response.RestResponse;

/**
 * {@code POST /v1/events}, also from pages of other origins (Fetch standard, CORS protocol): these
 * are told that they may send, and what became of it, and are never given credentials.
 */
final class EventsHandler extends RespondingHandler {

  private static final Methods METHODS = new Methods("POST, OPTIONS");

  private final EventIntake receiving;

  EventsHandler(EventIntake receiving) {
    this.receiving = receiving;
  }

  @Override
  protected RestResponse respond(HttpExchange exchange)
      throws IOException, RefusedRequestException {
    exchange.getResponseHeaders().set("Vary", "Origin");
    String method = exchange.getRequestMethod();
    boolean posts = method.equals("POST");
    if (!posts && !method.equals("OPTIONS")) {
      throw METHODS.refusal(exchange);
    }
    List<Product> sending = receiving.sending(exchange.getRequestHeaders());
    share(exchange);
    return posts ? receiving.take(exchange, sending) : mayPost();
  }

  private static void share(HttpExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    if (origin != null) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Access-Control-Allow-Origin", origin);
      headers.set("Access-Control-Expose-Headers", "Retry-After");
    }
  }

  private static RestResponse mayPost() {
    return METHODS
        .options()
        .with("Access-Control-Allow-Methods", "POST")
        .with("Access-Control-Allow-Headers", "Content-Type, X-Candor-Key")
        .with("Access-Control-Max-Age", "7200");
  }
}
