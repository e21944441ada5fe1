package org.candor.rest.answer;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.control.document.JsonDocument;

/**
 * A whole answer.
 *
 * @param status the HTTP status
 * @param body empty for an answer that has none
 * @param headers besides those that every answer has
 */
public record Answer(int status, Optional<Bytes> body, Map<String, String> headers) {

  private static final String JSON = "application/json; charset=utf-8";

  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer of(int status, JsonObject json) {
    return of(status, JSON, Bytes.utf8(json + "\n"));
  }

  public static Answer of(int status, JsonDocument json) {
    return of(status, JSON, Bytes.utf8(json + "\n"));
  }

  /** An answer of any type. */
  public static Answer of(int status, String mediaType, Bytes body) {
    return new Answer(status, Optional.of(body), Map.of("Content-Type", mediaType));
  }

  /** An error in the form that all of Candor's endpoints use. */
  public static Answer error(int status, String message) {
    JsonObject json = new JsonObject();
    json.addProperty("message", message);
    return of(status, json);
  }

  public static Answer empty(int status) {
    return new Answer(status, Optional.empty(), Map.of());
  }

  public Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, body, more);
  }

  /** Sends it; a HEAD request gets everything but the body. */
  public void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    if (body.isEmpty()) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange
          .getResponseHeaders()
          .set("Content-Length", String.valueOf(body.orElseThrow().size()));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.orElseThrow().size());
    try (OutputStream out = exchange.getResponseBody()) {
      body.orElseThrow().writeTo(out);
    }
  }
}
