package org.candor.http.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * One request and its response, on a {@link Connection}. It ends when the response's body is
 * closed, or with a response that has none; a handler may leave that to another thread.
 */
final class ServerExchange extends HttpExchange {

  private static final long CHUNKED = 0;
  private static final int NO_STATUS = -1;

  private final Connection connection;
  private final RequestHead head;
  private final RequestBody requestBody;
  private final ResponseBody responseBody;
  private final Headers responseHeaders = new Headers();
  private final Map<String, Object> attributes = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private InputStream in;
  private OutputStream out;
  private volatile int status = NO_STATUS;
  private volatile boolean whole;

  ServerExchange(Connection connection, RequestHead head) {
    this.connection = connection;
    this.head = head;
    this.requestBody = connection.body(head);
    this.responseBody = new ResponseBody(connection.output(), this::complete, this::abort);
    this.in = requestBody;
    this.out = responseBody;
    attributes.put(ClientLink.class.getName(), connection.link());
  }

  private void complete() {
    whole = true;
    end.countDown();
  }

  /** Ends it, and the connection with it: the client sees that the response is not whole. */
  void abort() {
    if (end.getCount() > 0) {
      end.countDown();
      connection.cut();
    }
  }

  /** Waits until it has ended; true when the response is whole. */
  boolean awaitEnd() throws InterruptedException {
    end.await();
    release();
    return whole;
  }

  /** Forgets the request's body. */
  void release() {
    requestBody.release();
  }

  boolean hasEnded() {
    return end.getCount() == 0;
  }

  /** Whether another request may follow. */
  boolean mayGoOn() throws IOException {
    return whole
        && !head.wantsToClose()
        && !"close".equalsIgnoreCase(responseHeaders.getFirst("Connection"))
        && requestBody.skipRest(head.awaitsContinue());
  }

  @Override
  public void sendResponseHeaders(int code, long length) throws IOException {
    if (status != NO_STATUS) {
      throw new IOException("The response has begun.");
    }
    status = code;
    boolean bodiless = code == 204 || code == 304;
    boolean asksForHead = head.method().equals("HEAD");
    boolean empty = length < 0 || asksForHead || bodiless;
    ResponseBody.Framing framing = framing(length);
    if (length > 0) {
      responseHeaders.set("Content-Length", String.valueOf(length));
    } else if (length < 0 && !asksForHead && !bodiless) {
      responseHeaders.set("Content-Length", "0");
    } else if (!empty && framing == ResponseBody.Framing.CHUNKS) {
      responseHeaders.set("Transfer-Encoding", "chunked");
    }
    if (framing == ResponseBody.Framing.CLOSE || head.wantsToClose()) {
      responseHeaders.set("Connection", "close");
    }
    boolean written = false;
    try {
      connection.writeHead(code, responseHeaders, empty);
      written = true;
    } finally {
      if (!written) {
        abort();
      }
    }
    if (empty) {
      complete();
    } else {
      responseBody.begin(framing, length);
    }
  }

  private ResponseBody.Framing framing(long length) {
    if (length != CHUNKED) {
      return ResponseBody.Framing.LENGTH;
    }
    return head.persistent() ? ResponseBody.Framing.CHUNKS : ResponseBody.Framing.CLOSE;
  }

  /** Ends it with what was written, and the connection too when that cannot be all. */
  @Override
  public void close() {
    if (hasEnded()) {
      return;
    }
    try {
      responseBody.close();
    } catch (IOException e) {
      abort();
    }
    abort();
  }

  @Override
  public Headers getRequestHeaders() {
    return head.headers();
  }

  @Override
  public Headers getResponseHeaders() {
    return responseHeaders;
  }

  @Override
  public URI getRequestURI() {
    return head.target();
  }

  @Override
  public String getRequestMethod() {
    return head.method();
  }

  /** There are none: a listener has one handler. */
  @Override
  public HttpContext getHttpContext() {
    throw new UnsupportedOperationException("There are no contexts here.");
  }

  @Override
  public InputStream getRequestBody() {
    return in;
  }

  @Override
  public OutputStream getResponseBody() {
    return out;
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return connection.remote();
  }

  @Override
  public int getResponseCode() {
    return status;
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return connection.local();
  }

  @Override
  public String getProtocol() {
    return head.protocol();
  }

  @Override
  public Object getAttribute(String name) {
    return attributes.get(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    if (value == null) {
      attributes.remove(name);
    } else {
      attributes.put(name, value);
    }
  }

  @Override
  public void setStreams(InputStream input, OutputStream output) {
    in = Optional.ofNullable(input).orElse(in);
    out = Optional.ofNullable(output).orElse(out);
  }

  /** Nobody: who signs in is the handler's affair. */
  @Override
  public HttpPrincipal getPrincipal() {
    return null;
  }
}
