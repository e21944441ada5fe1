package org.candor.rest.response;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.text.PlainText;
import org.candor.control.document.JsonDocument;

/**
 * HTTP response.
 *
 * @param status the HTTP status
 * @param body empty for a response that has none
 * @param headers besides those that every response has
 */
public record RestResponse(int status, Optional<Body> body, Map<String, String> headers) {

  private static final String JSON = "application/json; charset=utf-8";

  /**
   * What is sent.
   *
   * @param size in bytes; 0 when it is not known before it is written, and chunks are sent
   * @param content writes it; when that fails the connection is broken off
   */
  public record Body(long size, Content content) {

    private static Body of(Bytes bytes) {
      return new Body(bytes.size(), bytes::writeTo);
    }
  }

  /** Writes a body to a stream, which it does not close. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  public RestResponse {
    headers = Map.copyOf(headers);
  }

  public static RestResponse of(int status, JsonObject json) {
    return of(status, JSON, Bytes.utf8(json + "\n"));
  }

  public static RestResponse of(int status, JsonDocument json) {
    return of(status, JSON, Bytes.utf8(json + "\n"));
  }

  /** A document that is written a part at a time, however long it is. */
  public static RestResponse streamed(int status, JsonDocument json) {
    Content content =
        out -> {
          json.writeTo(out);
          out.write('\n');
        };
    return new RestResponse(
        status, Optional.of(new Body(0, content)), Map.of("Content-Type", JSON));
  }

  /** A response of any media type. */
  public static RestResponse of(int status, String mediaType, Bytes body) {
    return new RestResponse(status, Optional.of(Body.of(body)), Map.of("Content-Type", mediaType));
  }

  /** An error in the form that all of Candor's endpoints use. */
  public static RestResponse error(int status, String message) {
    JsonObject json = new JsonObject();
    json.addProperty("message", PlainText.shown(message));
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
    Body whole = body.orElseThrow();
    if (exchange.getRequestMethod().equals("HEAD")) {
      if (whole.size() > 0) {
        exchange.getResponseHeaders().set("Content-Length", String.valueOf(whole.size()));
      }
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, whole.size());
    OutputStream out = exchange.getResponseBody();
    whole.content().writeTo(out);
    // Not after a failure: the end of the last chunk would say that this is all.
    out.close();
  }
}
