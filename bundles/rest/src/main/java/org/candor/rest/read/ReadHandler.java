package org.candor.rest.read;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.document.JsonDocument;
import org.candor.rest.answer.Answer;
import org.candor.rest.answer.Refusal;
import org.candor.rest.gate.Template;

/** Answers with a document and takes nothing. */
final class ReadHandler implements HttpHandler {

  private static final Map<String, String> ALLOW = Map.of("Allow", "GET, HEAD, OPTIONS");

  private final Template path;
  private final Set<String> parameters;
  private final Reading reading;

  /**
   * @param parameters that are allowed in the URL
   */
  ReadHandler(Template path, Set<String> parameters, Reading reading) {
    this.path = path;
    this.parameters = Set.copyOf(parameters);
    this.reading = reading;
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

  private Answer answer(HttpExchange exchange) throws Refusal {
    return switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> {
        String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        String name = path.parameter(exchange.getRequestURI().getPath()).orElse("");
        Object document = reading.read(name, Query.of(raw, parameters));
        yield Answer.of(200, new JsonDocument(document));
      }
      case "OPTIONS" -> Answer.empty(204).with("Allow", ALLOW.get("Allow"));
      default ->
          throw new Refusal(
              405,
              exchange.getRequestMethod()
                  + " is refused; allowed is "
                  + ALLOW.get("Allow")
                  + ". Nothing was changed.",
              ALLOW);
    };
  }
}
