package org.candor.rest.response;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/** Request handler that sends one whole response, also to a request that is refused. */
public abstract class RespondingHandler implements HttpHandler {

  @Override
  public final void handle(HttpExchange exchange) throws IOException {
    RestResponse response;
    try {
      response = respond(exchange);
    } catch (RefusedRequestException e) {
      response = e.response();
    }
    response.send(exchange);
  }

  /** The response to a request. */
  protected abstract RestResponse respond(HttpExchange exchange)
      throws IOException, RefusedRequestException;
}
