package org.candor.rest.consent;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.candor.control.Answerer;
import org.candor.control.ConsentControl;
import org.candor.control.Way;
import org.candor.rest.response.Methods;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RespondingHandler;
import org.candor.rest.response.RestResponse;

/** Request handler of a REST resource: its methods over HTTP. */
public final class ConsentResourceHandler extends RespondingHandler {

  // A form on another site's page cannot send this type without the browser asking us first.
  private static final Pattern JSON =
      Pattern.compile("application/json(\\s*;\\s*charset\\s*=\\s*\"?utf-8\"?)?\\s*;?");

  private static final String CLIENT = "Candor-Client";
  private static final String PAGE = "page";

  private static final Methods METHODS = new Methods("GET, HEAD, PUT, OPTIONS");

  private final ConsentResource resource;

  private ConsentResourceHandler(ConsentResource resource) {
    this.resource = resource;
  }

  /** {@code /v1/telemetry}. */
  public static ConsentResourceHandler telemetry(ConsentControl consent) {
    return new ConsentResourceHandler(new TelemetryResource(new OwnersAnswers(consent)));
  }

  /** {@code /v2/cluster}. */
  public static ConsentResourceHandler cluster(ConsentControl consent) {
    return new ConsentResourceHandler(new ClusterResource(new OwnersAnswers(consent)));
  }

  @Override
  protected RestResponse respond(HttpExchange exchange)
      throws IOException, RefusedRequestException {
    return switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> RestResponse.of(200, resource.get());
      case "PUT" -> {
        checkType(exchange.getRequestHeaders());
        byte[] body = exchange.getRequestBody().readAllBytes();
        yield resource.put(JsonFields.read(body, resource.keys()), answerer(exchange));
      }
      case "OPTIONS" -> METHODS.options();
      default -> throw METHODS.refusal(exchange);
    };
  }

  /** Candor's own page says that it is; nobody else gains anything by saying so. */
  private static Answerer answerer(HttpExchange exchange) {
    boolean isPage = PAGE.equals(exchange.getRequestHeaders().getFirst(CLIENT));
    return new Answerer(
        isPage ? Way.PAGE : Way.HTTP,
        Optional.ofNullable(exchange.getPrincipal()).map(HttpPrincipal::getUsername).orElse(""),
        exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  private static void checkType(Headers headers) throws RefusedRequestException {
    String type = Optional.ofNullable(headers.getFirst("Content-Type")).orElse("").strip();
    if (!JSON.matcher(type.toLowerCase(Locale.ROOT)).matches()) {
      throw new RefusedRequestException(
          415,
          "Content-Type = "
              + type
              + " is refused; allowed is application/json in UTF-8. Nothing was changed.");
    }
    String encoding = headers.getFirst("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new RefusedRequestException(
          415,
          "Content-Encoding = "
              + encoding
              + " is refused; allowed is identity. Nothing was changed.");
    }
  }
}
