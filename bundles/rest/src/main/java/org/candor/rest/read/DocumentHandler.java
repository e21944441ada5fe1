package org.candor.rest.read;

import com.sun.net.httpserver.HttpExchange;
import java.util.Optional;
import java.util.Set;
import org.candor.control.document.CrashesDocument;
import org.candor.control.document.JsonDocument;
import org.candor.rest.gate.PathTemplate;
import org.candor.rest.response.Methods;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RespondingHandler;
import org.candor.rest.response.RestResponse;

/** Read-only handler: responds with a document. */
final class DocumentHandler extends RespondingHandler {

  private static final Methods METHODS = new Methods("GET, HEAD, OPTIONS");

  private final PathTemplate path;
  private final Set<String> parameters;
  private final DocumentSupplier reading;

  /**
   * @param parameters that are allowed in the URL
   */
  DocumentHandler(PathTemplate path, Set<String> parameters, DocumentSupplier reading) {
    this.path = path;
    this.parameters = Set.copyOf(parameters);
    this.reading = reading;
  }

  @Override
  protected RestResponse respond(HttpExchange exchange) throws RefusedRequestException {
    return switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> {
        String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        String name = path.parameter(exchange.getRequestURI().getPath()).orElse("");
        Object document = reading.read(name, Query.of(raw, parameters));
        yield document instanceof CrashesDocument
            ? RestResponse.streamed(200, new JsonDocument(document))
            : RestResponse.of(200, new JsonDocument(document));
      }
      case "OPTIONS" -> METHODS.options();
      default -> throw METHODS.refusal(exchange);
    };
  }
}
