package org.candor.receiver;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.candor.api.Bytes;

/**
 * HTTP response: what a client is sent; the body is JSON.
 *
 * @param status the HTTP status
 * @param length of the body in bytes; 0 when it is not known
 * @param headers besides those that say what the body is
 */
record EndpointResponse(int status, long length, Body body, Map<String, String> headers) {

  /** Writes the body. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  EndpointResponse {
    headers = Map.copyOf(headers);
  }

  static EndpointResponse of(int status, JsonObject json) {
    Bytes body = Bytes.utf8(json.toString());
    return new EndpointResponse(status, body.size(), body::writeTo, Map.of());
  }

  /** An error in the form that all of Candor's endpoints use. */
  static EndpointResponse error(int status, String message) {
    JsonObject json = new JsonObject();
    json.addProperty("message", message);
    return of(status, json);
  }

  static EndpointResponse streamed(Body body) {
    return new EndpointResponse(200, 0, body, Map.of());
  }

  EndpointResponse with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new EndpointResponse(status, length, body, more);
  }
}
