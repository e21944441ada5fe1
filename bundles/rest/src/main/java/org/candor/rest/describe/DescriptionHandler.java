package org.candor.rest.describe;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import org.candor.api.Bytes;
import org.candor.rest.response.Methods;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RespondingHandler;
import org.candor.rest.response.RestResponse;

/** {@code GET /openapi.json}. */
public final class DescriptionHandler extends RespondingHandler {

  private static final String FILE = "openapi.json";
  private static final Methods METHODS = new Methods("GET, HEAD, OPTIONS");

  @Override
  protected RestResponse respond(HttpExchange exchange)
      throws IOException, RefusedRequestException {
    return switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> RestResponse.of(200, "application/json; charset=utf-8", description());
      case "OPTIONS" -> METHODS.options();
      default -> throw METHODS.refusal(exchange);
    };
  }

  private static Bytes description() throws IOException {
    try (InputStream in = DescriptionHandler.class.getResourceAsStream(FILE)) {
      return Bytes.copyOf(in.readAllBytes());
    }
  }
}
