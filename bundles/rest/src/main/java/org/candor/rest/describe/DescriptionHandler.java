package org.candor.rest.describe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import org.candor.api.Bytes;
import org.candor.rest.answer.Answer;

/** {@code GET /openapi.json}. */
public final class DescriptionHandler implements HttpHandler {

  private static final String FILE = "openapi.json";
  private static final String ALLOW = "GET, HEAD, OPTIONS";

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Answer answer =
        switch (exchange.getRequestMethod()) {
          case "GET", "HEAD" -> Answer.of(200, "application/json; charset=utf-8", description());
          case "OPTIONS" -> Answer.empty(204).with("Allow", ALLOW);
          default ->
              Answer.error(405, exchange.getRequestMethod() + " is refused; allowed is " + ALLOW)
                  .with("Allow", ALLOW);
        };
    answer.send(exchange);
  }

  private static Bytes description() throws IOException {
    try (InputStream in = DescriptionHandler.class.getResourceAsStream(FILE)) {
      return Bytes.copyOf(in.readAllBytes());
    }
  }
}
