package org.candor.rest.read;

import com.sun.net.httpserver.HttpExchange;
import java.util.Optional;
import java.util.Set;
import org.candor.control.document.JsonDocument;
import org.candor.rest.answer.Answer;
import org.candor.rest.answer.Answering;
import org.candor.rest.answer.Methods;
import org.candor.rest.answer.Refusal;
import org.candor.rest.gate.Template;

/** Answers with a document and takes nothing. */
final class ReadHandler extends Answering {

  private static final Methods METHODS = new Methods("GET, HEAD, OPTIONS");

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
  protected Answer answer(HttpExchange exchange) throws Refusal {
    return switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> {
        String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        String name = path.parameter(exchange.getRequestURI().getPath()).orElse("");
        Object document = reading.read(name, Query.of(raw, parameters));
        yield Answer.of(200, new JsonDocument(document));
      }
      case "OPTIONS" -> METHODS.options();
      default -> throw METHODS.refusal(exchange);
    };
  }
}
