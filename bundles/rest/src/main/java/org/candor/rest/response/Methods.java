package org.candor.rest.response;

import com.sun.net.httpserver.HttpExchange;
import java.util.Map;

/**
 * HTTP methods that a path allows.
 *
 * @param allowed as the header {@code Allow} names them
 */
public record Methods(String allowed) {

  /** Says that the request's method is none of them. */
  public RefusedRequestException refusal(HttpExchange exchange) {
    return new RefusedRequestException(
        405,
        exchange.getRequestMethod()
            + " is refused; allowed is "
            + allowed
            + ". Nothing was changed.",
        Map.of("Allow", allowed));
  }

  /** The response to {@code OPTIONS}. */
  public RestResponse options() {
    return RestResponse.empty(204).with("Allow", allowed);
  }
}
