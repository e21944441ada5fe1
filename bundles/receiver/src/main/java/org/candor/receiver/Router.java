package org.candor.receiver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Finds the endpoint for a request and sends its answer. */
final class Router implements HttpHandler {

  private final List<ReceiverEndpoint> endpoints;

  Router(List<ReceiverEndpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      EndpointResponse answer = answer(exchange);
      send(answer, exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private EndpointResponse answer(HttpExchange exchange) throws IOException, InterruptedException {
    String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
    if (!LocalHost.is(host)) {
      return EndpointResponse.error(
          421, "Host " + host + " is refused; allowed is an IP address or localhost.");
    }
    String path = exchange.getRequestURI().getPath();
    Optional<ReceiverEndpoint> found =
        endpoints.stream().filter(endpoint -> endpoint.serves(path)).findFirst();
    if (found.isEmpty()) {
      return EndpointResponse.error(404, "There is nothing at " + path + ".");
    }
    ReceiverEndpoint endpoint = found.get();
    if (!endpoint.method().equals(exchange.getRequestMethod())) {
      return EndpointResponse.error(405, path + " takes " + endpoint.method() + " only.")
          .with("Allow", endpoint.method());
    }
    try {
      return endpoint.answer(new Request(exchange.getRequestHeaders(), exchange.getRequestBody()));
    } catch (RejectedRequestException e) {
      EndpointResponse refused = EndpointResponse.error(e.status(), e.getMessage());
      return e.status() == 401
          ? refused.with("WWW-Authenticate", "Basic realm=\"write key\"")
          : refused;
    }
  }

  private static void send(EndpointResponse answer, HttpExchange exchange) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    if (hasNoBody(answer.status()) || exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(answer.status(), answer.length());
    try (OutputStream out = exchange.getResponseBody()) {
      answer.body().writeTo(out);
    }
  }

  private static boolean hasNoBody(int status) {
    return status == 204 || status == 304;
  }
}
