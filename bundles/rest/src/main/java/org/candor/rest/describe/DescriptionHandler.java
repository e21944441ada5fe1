package org.candor.rest.describe;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import org.candor.api.Bytes;
import org.candor.rest.answer.Answer;
import org.candor.rest.answer.Answering;
import org.candor.rest.answer.Methods;
import org.candor.rest.answer.Refusal;

/** {@code GET /openapi.json}. */
public final class DescriptionHandler extends Answering {

  private static final String FILE = "openapi.json";
  private static final Methods METHODS = new Methods("GET, HEAD, OPTIONS");

  @Override
  protected Answer answer(HttpExchange exchange) throws IOException, Refusal {
    return switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> Answer.of(200, "application/json; charset=utf-8", description());
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
