package org.candor.rest.gate;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.candor.api.text.PlainText;
import org.candor.http.server.OverloadException;
import org.candor.rest.gate.BasicAuthentication.Caller;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RestResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Security filter before every path: authenticates and authorises, reads the body whole, adds the
 * headers that every response has, and hands over to the path's handler. A handler may override the
 * headers, and may answer later from a thread of its own. A path that is open to anybody has a
 * larger limit, and its handler checks origins itself.
 */
public final class Gate implements HttpHandler, AutoCloseable {

  /** How long it may take to check a password. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final List<String> READING = List.of("GET", "HEAD", "OPTIONS");
  private static final BodyLimit BODY = new BodyLimit(64 << 10);
  private static final BodyLimit OPEN_BODY = new BodyLimit(1 << 20);
  private static final int AT_A_TIME = 16;

  private final PathRouter routes;
  private final Supplier<Policy> policy;
  private final TimeLimitedAuthenticator users;
  private final BasicAuthentication login;
  private final Lane forAnybody = new Lane(AT_A_TIME);
  private final Lane forUsers = new Lane(AT_A_TIME);

  /**
   * @param policy asked for each request
   * @param timeout how long it may take to check a password
   */
  public Gate(PathRouter routes, Supplier<Policy> policy, Duration timeout) {
    this(
        routes,
        policy,
        new TimeLimitedAuthenticator(new JaasAuthenticator(), timeout),
        GuessLimits.USUAL,
        Clock.systemUTC(),
        System::nanoTime);
  }

  private Gate(
      PathRouter routes,
      Supplier<Policy> policy,
      TimeLimitedAuthenticator users,
      GuessLimits limits,
      Clock clock,
      LongSupplier nanos) {
    this.routes = routes;
    this.policy = policy;
    this.users = users;
    this.login = new BasicAuthentication(users, limits, clock, nanos);
  }

  /** Lets in nobody any more who has to sign in. */
  @Override
  public void close() {
    users.close();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      secure(exchange.getResponseHeaders());
      pass(exchange);
    } catch (RefusedRequestException e) {
      e.response().send(exchange);
    } catch (OverloadException e) {
      overloaded().response().send(exchange);
    } catch (RuntimeException | LinkageError e) {
      fail(exchange, e);
    }
  }

  private void pass(HttpExchange exchange) throws IOException, RefusedRequestException {
    Policy now = policy.get();
    Headers headers = exchange.getRequestHeaders();
    checkHost(headers, now.hosts());
    String path = path(exchange.getRequestURI());
    InetSocketAddress client = now.proxies().client(exchange.getRemoteAddress(), headers);
    Optional<HttpHandler> open = routes.openTo(path);
    if (open.isPresent() && !(signsIn(headers) && routes.of(path).isPresent())) {
      serve(exchange, client, Optional.empty(), open.get(), OPEN_BODY);
      return;
    }
    checkOrigin(headers);
    Caller caller =
        login.caller(new GatedExchange(exchange, client, Optional.empty(), () -> {}), now.realm());
    HttpHandler handler =
        routes
            .of(path)
            .orElseThrow(
                () -> new RefusedRequestException(404, "There is nothing at " + path + "."));
    checkRole(caller, exchange.getRequestMethod(), now);
    if (!caller.hasOneOf(now.writeRoles())) {
      exchange.getResponseHeaders().set("Allow", String.join(", ", READING));
    }
    serve(
        exchange,
        client,
        Optional.of(new HttpPrincipal(caller.name(), now.realm())),
        handler,
        open.isPresent() ? OPEN_BODY : BODY);
    if (open.isEmpty()) {
      record(caller, exchange, client);
    }
  }

  private void serve(
      HttpExchange exchange,
      InetSocketAddress client,
      Optional<HttpPrincipal> user,
      HttpHandler handler,
      BodyLimit limit)
      throws IOException, RefusedRequestException {
    InputStream body = limit.read(exchange.getRequestBody());
    Runnable answering = (user.isPresent() ? forUsers : forAnybody).enter();
    try {
      GatedExchange gated = new GatedExchange(exchange, client, user, answering);
      gated.setStreams(body, exchange.getResponseBody());
      handler.handle(gated);
    } finally {
      answering.run();
    }
  }

  private static RefusedRequestException overloaded() {
    return new RefusedRequestException(
        503,
        "Too many requests are being received; try again.",
        Map.of("Retry-After", "5", "Connection", "close"));
  }

  private static String path(URI uri) throws RefusedRequestException {
    // What follows two slashes would be taken for a host, and the rest for the path.
    if (uri.toString().startsWith("//")) {
      throw new RefusedRequestException(400, "A path begins with one slash.");
    }
    return uri.getPath();
  }

  /** A script, and no page in a browser, which adds what its user once typed to any request. */
  private static boolean signsIn(Headers headers) {
    return headers.containsKey("Authorization") && !headers.containsKey("Origin");
  }

  private static void secure(Headers headers) {
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }

  private static void checkHost(Headers headers, HostNames names) throws RefusedRequestException {
    List<String> hosts = headers.getOrDefault("Host", List.of());
    if (hosts.size() != 1) {
      throw new RefusedRequestException(400, "A request has one header Host.");
    }
    String host = hosts.get(0);
    if (!names.allow(host)) {
      throw new RefusedRequestException(
          421,
          "Host "
              + host
              + " is refused; allowed is an IP address, localhost, or a name in allowedHosts of"
              + " etc/org.candor.rest.cfg.");
    }
  }

  private static void checkOrigin(Headers headers) throws RefusedRequestException {
    String host = headers.getFirst("Host");
    for (String origin : headers.getOrDefault("Origin", List.of())) {
      if (!new Origin(origin).isOf(host)) {
        throw new RefusedRequestException(
            403, "Pages of " + origin + " may not send requests here.");
      }
    }
  }

  private static void checkRole(Caller caller, String method, Policy policy)
      throws RefusedRequestException {
    boolean reading = READING.contains(method);
    Set<String> needed = reading ? policy.readRoles() : policy.writeRoles();
    if (!caller.hasOneOf(needed)) {
      throw new RefusedRequestException(
          403,
          caller.name()
              + " may not "
              + (reading ? "read" : "write")
              + " here; that takes one of the roles "
              + String.join(", ", new TreeSet<>(needed))
              + ".");
    }
  }

  private static void record(Caller caller, HttpExchange exchange, InetSocketAddress client) {
    int status = exchange.getResponseCode();
    if (!READING.contains(exchange.getRequestMethod()) && status >= 200 && status < 300) {
      LOG.info(
          "{} {} by {} from {}",
          PlainText.line(exchange.getRequestMethod()),
          PlainText.line(exchange.getRequestURI().getPath()),
          PlainText.line(caller.name()),
          client.getAddress().getHostAddress());
    }
  }

  private static void fail(HttpExchange exchange, Throwable e) throws IOException {
    LOG.error(
        "{} {} failed",
        PlainText.line(exchange.getRequestMethod()),
        PlainText.line(exchange.getRequestURI().getPath()),
        e);
    if (exchange.getResponseCode() >= 0) {
      throw new IOException("The response broke off.", e);
    }
    RestResponse.error(500, "This failed; karaf.log says why.").send(exchange);
  }
}
