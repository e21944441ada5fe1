package org.candor.rest.product;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.candor.rest.answer.Answer;
import org.candor.rest.answer.Refusal;

/**
 * {@code POST /v1/events}, also from pages of other origins (Fetch standard, CORS protocol): these
 * are told that they may send, and what became of it, and are never given credentials.
 */
final class EventsHandler implements HttpHandler {

  private static final List<String> METHODS = List.of("POST", "OPTIONS");
  private static final Map<String, String> ALLOW = Map.of("Allow", "POST, OPTIONS");

  private final Receiving receiving;

  EventsHandler(Receiving receiving) {
    this.receiving = receiving;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      answer = answer(exchange);
    } catch (Refusal e) {
      answer = e.answer();
    }
    answer.send(exchange);
  }

  private Answer answer(HttpExchange exchange) throws IOException, Refusal {
    exchange.getResponseHeaders().set("Vary", "Origin");
    String method = exchange.getRequestMethod();
    if (!METHODS.contains(method)) {
      throw new Refusal(405, method + " is refused; allowed is POST, OPTIONS.", ALLOW);
    }
    List<Product> sending = receiving.sending(exchange.getRequestHeaders());
    share(exchange);
    return method.equals("POST") ? receiving.take(exchange, sending) : mayPost();
  }

  private static void share(HttpExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    if (origin != null) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Access-Control-Allow-Origin", origin);
      headers.set("Access-Control-Expose-Headers", "Retry-After");
    }
  }

  private static Answer mayPost() {
    return Answer.empty(204)
        .with("Allow", ALLOW.get("Allow"))
        .with("Access-Control-Allow-Methods", "POST")
        .with("Access-Control-Allow-Headers", "Content-Type, X-Candor-Key")
        .with("Access-Control-Max-Age", "7200");
  }
}
