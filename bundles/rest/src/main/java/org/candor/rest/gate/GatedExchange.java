package org.candor.rest.gate;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/**
 * Exchange behind the gate: knows the client behind a trusted proxy and who has signed in, and
 * gives back its turn when the response begins; everything else is the exchange's own.
 */
final class GatedExchange extends HttpExchange {

  private final HttpExchange exchange;
  private final InetSocketAddress client;
  private final Optional<HttpPrincipal> principal;
  private final Runnable answering;

  /**
   * @param client who sent the request
   * @param principal empty when nobody had to sign in
   * @param answering run when the response begins
   */
  GatedExchange(
      HttpExchange exchange,
      InetSocketAddress client,
      Optional<HttpPrincipal> principal,
      Runnable answering) {
    this.exchange = exchange;
    this.client = client;
    this.principal = principal;
    this.answering = answering;
  }

  @Override
  public HttpPrincipal getPrincipal() {
    return principal.orElse(null);
  }

  @Override
  public Headers getRequestHeaders() {
    return exchange.getRequestHeaders();
  }

  @Override
  public Headers getResponseHeaders() {
    return exchange.getResponseHeaders();
  }

  @Override
  public URI getRequestURI() {
    return exchange.getRequestURI();
  }

  @Override
  public String getRequestMethod() {
    return exchange.getRequestMethod();
  }

  @Override
  public HttpContext getHttpContext() {
    return exchange.getHttpContext();
  }

  @Override
  public void close() {
    exchange.close();
  }

  @Override
  public InputStream getRequestBody() {
    return exchange.getRequestBody();
  }

  @Override
  public OutputStream getResponseBody() {
    return exchange.getResponseBody();
  }

  @Override
  public void sendResponseHeaders(int code, long length) throws IOException {
    answering.run();
    exchange.sendResponseHeaders(code, length);
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return client;
  }

  @Override
  public int getResponseCode() {
    return exchange.getResponseCode();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return exchange.getLocalAddress();
  }

  @Override
  public String getProtocol() {
    return exchange.getProtocol();
  }

  @Override
  public Object getAttribute(String name) {
    return exchange.getAttribute(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    exchange.setAttribute(name, value);
  }

  @Override
  public void setStreams(InputStream in, OutputStream out) {
    exchange.setStreams(in, out);
  }
}
