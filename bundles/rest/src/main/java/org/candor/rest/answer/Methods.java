package org.candor.rest.answer;

import com.sun.net.httpserver.HttpExchange;
import java.util.Map;

/**
 * The methods that a path takes.
 *
 * @param allowed as the header {@code Allow} names them
 */
public record Methods(String allowed) {

  /** Says that the request's method is none of them. */
  public Refusal refusal(HttpExchange exchange) {
    return new Refusal(
        405,
        exchange.getRequestMethod()
            + " is refused; allowed is "
            + allowed
            + ". Nothing was changed.",
        Map.of("Allow", allowed));
  }

  /** The answer to {@code OPTIONS}. */
  public Answer options() {
    return Answer.empty(204).with("Allow", allowed);
  }
}
