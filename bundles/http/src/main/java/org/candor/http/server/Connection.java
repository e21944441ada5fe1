package org.candor.http.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpHandler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: reads requests one after the other and has them answered, on the thread
 * that runs it. May be cut off from any thread.
 */
final class Connection implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int BUFFER = 16 << 10;
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final long MOST_LINGERING = 16L << 20;
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

  private final Socket raw;
  private final ConnectionTable table;
  private final HttpHandler handler;
  private final ServerOptions options;
  private final ClientWait wait;
  private final AddressBlock address;
  private Socket socket;
  private ConnectionInput input;
  private OutputStream output;
  private volatile boolean parked;
  private volatile Optional<RequestBody> receiving = Optional.empty();

  Connection(Socket raw, ConnectionTable table, HttpHandler handler, ServerOptions options) {
    this.raw = raw;
    this.socket = raw;
    this.table = table;
    this.handler = handler;
    this.options = options;
    this.wait = new ClientWait(raw);
    this.address = AddressBlock.of(raw.getInetAddress());
  }

  ClientWait clientWait() {
    return wait;
  }

  AddressBlock address() {
    return address;
  }

  InetSocketAddress remote() {
    return (InetSocketAddress) raw.getRemoteSocketAddress();
  }

  InetSocketAddress local() {
    return (InetSocketAddress) raw.getLocalSocketAddress();
  }

  OutputStream output() {
    return output;
  }

  ClientLink link() {
    return this::pause;
  }

  RequestBody body(RequestHead head) {
    RequestBody body =
        new RequestBody(
            input,
            head.framing(),
            options.limits().request(),
            table.budget(),
            () -> {
              if (head.awaitsContinue()) {
                output.write(CONTINUE.getBytes(StandardCharsets.US_ASCII));
                output.flush();
              }
            });
    receiving = Optional.of(body);
    return body;
  }

  /** Whether part of a request's body is held for it. */
  boolean holdsBody() {
    return receiving.filter(RequestBody::isHeld).isPresent();
  }

  /** Ends it at once. */
  void cut() {
    wait.cut();
  }

  /** Ends it unless a request is being answered. */
  void cutUnlessBusy() {
    if (parked) {
      wait.cut();
    } else {
      wait.cutIfWaiting();
    }
  }

  @Override
  public void run() {
    try (raw) {
      open();
      boolean goesOn = true;
      while (goesOn) {
        goesOn = answerNext() && !table.isClosing();
      }
      socket.close();
    } catch (IOException e) {
      // The client has left, was too slow, or speaks something else.
      LOG.trace("A connection of {} has ended", address.text(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      table.remove(this);
    }
  }

  private void open() throws IOException {
    raw.setTcpNoDelay(true);
    Optional<SSLContext> tls = options.tls().context();
    if (tls.isPresent()) {
      SSLSocket secure =
          (SSLSocket)
              tls.get()
                  .getSocketFactory()
                  .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
      secure.setUseClientMode(false);
      socket = secure;
      wait.begin(System.nanoTime(), options.limits().request());
      secure.startHandshake();
      wait.end();
    }
    input = new ConnectionInput(socket.getInputStream(), wait);
    output =
        new BufferedOutputStream(
            new ConnectionOutput(socket.getOutputStream(), wait, options.limits().write()), BUFFER);
  }

  /** Whether there may be another request. */
  private boolean answerNext() throws IOException, InterruptedException {
    input.phase(options.limits().idle());
    if (!input.hasMore()) {
      return false;
    }
    input.phase(options.limits().request());
    RequestHead head;
    try {
      head = HeadReader.read(input);
    } catch (BadRequestException e) {
      refuse(e);
      return false;
    }
    return answer(new ServerExchange(this, head));
  }

  private boolean answer(ServerExchange exchange) throws IOException, InterruptedException {
    try {
      return answered(exchange);
    } finally {
      exchange.release();
      receiving = Optional.empty();
    }
  }

  private boolean answered(ServerExchange exchange) throws IOException, InterruptedException {
    try {
      handler.handle(exchange);
    } catch (BadRequestException e) {
      if (exchange.getResponseCode() < 0) {
        refuse(e);
      }
      exchange.abort();
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.debug("A request was not answered", e);
      exchange.abort();
    } catch (VirtualMachineError e) {
      // Out of memory, or of stack: this request may have been too much, the next need not be.
      LOG.error("A request was not answered", e);
      exchange.abort();
    }
    parked = true;
    boolean whole = exchange.awaitEnd();
    parked = false;
    if (exchange.mayGoOn()) {
      return true;
    }
    if (whole) {
      linger();
    }
    return false;
  }

  private void pause(Duration duration) throws IOException {
    parked = true;
    try {
      input.pause(socket, duration);
    } finally {
      parked = false;
    }
  }

  private void refuse(BadRequestException e) throws IOException {
    byte[] body =
        ("{\"message\":\"" + e.getMessage() + "\"}\n").getBytes(StandardCharsets.US_ASCII);
    Headers headers = new Headers();
    headers.set("Content-Type", "application/json; charset=utf-8");
    headers.set("Content-Length", String.valueOf(body.length));
    headers.set("Cache-Control", "no-store");
    headers.set("Connection", "close");
    writeHead(e.status(), headers, false);
    output.write(body);
    output.flush();
    linger();
  }

  /** Writes the head of a response, and sends it when that is all. */
  void writeHead(int status, Headers headers, boolean all) throws IOException {
    StringBuilder head = new StringBuilder(512);
    head.append("HTTP/1.1 ").append(status).append(' ').append(Reasons.of(status)).append("\r\n");
    head.append("Date: ")
        .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
        .append("\r\n");
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      for (String value : header.getValue()) {
        head.append(header.getKey()).append(": ").append(value).append("\r\n");
      }
    }
    output.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    if (all) {
      output.flush();
    }
  }

  /** A client that is still sending when its connection is closed never sees the response. */
  private void linger() throws IOException {
    output.flush();
    socket.shutdownOutput();
    input.phase(LINGER);
    byte[] scrap = new byte[4096];
    long skipped = 0;
    int read = 0;
    while (read >= 0 && skipped < MOST_LINGERING) {
      read = input.read(scrap);
      skipped += read;
    }
  }
}
