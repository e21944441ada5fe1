package org.candor.console.asset;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.candor.api.Bytes;

/** Static file handler, with the security headers that keep a page to itself. */
public final class AssetHandler implements HttpHandler {

  /** Nothing but this bundle's own files runs, and nothing is asked but this server. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "private, no-cache",
          "Vary", "Accept-Encoding");

  private final Assets assets;
  private final Function<String, String> name;

  /**
   * @param assets what there is
   * @param name of the asset for a path that is asked for
   */
  public AssetHandler(Assets assets, Function<String, String> name) {
    this.assets = assets;
    this.name = name;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      HEADERS.forEach(exchange.getResponseHeaders()::set);
      String method = exchange.getRequestMethod();
      Optional<Asset> asset = assets.find(name.apply(exchange.getRequestURI().getPath()));
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        refuse(exchange, 405, "Allowed is GET, HEAD.");
      } else if (asset.isEmpty()) {
        refuse(exchange, 404, "The web page has no such file; it is at /telemetry.");
      } else {
        serve(exchange, asset.orElseThrow());
      }
    }
  }

  private static void serve(HttpExchange exchange, Asset asset) throws IOException {
    Headers asked = exchange.getRequestHeaders();
    boolean gzip = takesGzip(asked);
    // Two encodings are two representations (RFC 9110, 8.8.3).
    String tag = '"' + asset.tag() + (gzip ? "-gzip" : "") + '"';
    exchange.getResponseHeaders().set("ETag", tag);
    if (knows(asked, tag)) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    if (gzip) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    send(exchange, 200, asset.mediaType(), gzip ? asset.gzip() : asset.plain());
  }

  private static boolean takesGzip(Headers asked) {
    return values(asked, "Accept-Encoding")
        .map(coding -> coding.replace(" ", ""))
        .anyMatch(coding -> coding.matches("(?i)(x-)?gzip(;q=(1(\\.0*)?|0?\\.\\d*[1-9]\\d*))?"));
  }

  private static boolean knows(Headers asked, String tag) {
    return values(asked, "If-None-Match")
        .map(known -> known.startsWith("W/") ? known.substring(2) : known)
        .anyMatch(known -> known.equals(tag) || known.equals("*"));
  }

  private static Stream<String> values(Headers asked, String header) {
    return asked.getOrDefault(header, List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip);
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    send(
        exchange,
        status,
        "application/json; charset=utf-8",
        Bytes.utf8("{\"message\":\"" + message + "\"}\n"));
  }

  private static void send(HttpExchange exchange, int status, String type, Bytes body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.size()));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.size());
    try (OutputStream out = exchange.getResponseBody()) {
      body.writeTo(out);
    }
  }
}
