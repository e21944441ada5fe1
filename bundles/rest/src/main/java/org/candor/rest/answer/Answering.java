package org.candor.rest.answer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/** Sends one whole answer for each request, also for one that is refused. */
public abstract class Answering implements HttpHandler {

  @Override
  public final void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      answer = answer(exchange);
    } catch (Refusal e) {
      answer = e.answer();
    }
    answer.send(exchange);
  }

  /** What the request gets. */
  protected abstract Answer answer(HttpExchange exchange) throws IOException, Refusal;
}
