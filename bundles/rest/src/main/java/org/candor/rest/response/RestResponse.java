package org.candor.rest.response;

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
 * HTTP response, whole.
 *
 * @param status the HTTP status
 * @param body empty for a response that has none
 * @param headers besides those that every response has
 */
public record RestResponse(int status, Optional<Bytes> body, Map<String, String> headers) {

  private static final String JSON = "application/json; charset=utf-8";

  public RestResponse {
    headers = Map.copyOf(headers);
  }

  public static RestResponse of(int status, JsonObject json) {
    return of(status, JSON, Bytes.utf8(json + "\n"));
  }

  public static RestResponse of(int status, JsonDocument json) {
    return of(status, JSON, Bytes.utf8(json + "\n"));
  }

  /** A response of any media type. */
  public static RestResponse of(int status, String mediaType, Bytes body) {
    return new RestResponse(status, Optional.of(body), Map.of("Content-Type", mediaType));
  }

  /** An error in the form that all of Candor's endpoints use. */
  public static RestResponse error(int status, String message) {
    JsonObject json = new JsonObject();
    json.addProperty("message", message);
    return of(status, json);
  }

  public static RestResponse empty(int status) {
    return new RestResponse(status, Optional.empty(), Map.of());
  }

  public RestResponse with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new RestResponse(status, body, more);
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
