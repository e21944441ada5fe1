package org.candor.rest.product;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.candor.api.Bytes;
import org.candor.rest.response.Methods;
import org.candor.rest.response.RestResponse;

/** {@code GET /candor.js}: the script that a product's page loads, from whatever origin. */
final class ScriptHandler implements HttpHandler {

  private static final Methods METHODS = new Methods("GET, HEAD");
  private static final String FILE = "candor.js";
  private static final String TYPE = "text/javascript; charset=utf-8";
  private static final Map<String, String> SHARED =
      Map.of(
          "Cache-Control", "public, max-age=3600",
          "Vary", "Accept-Encoding",
          "Access-Control-Allow-Origin", "*",
          "Cross-Origin-Resource-Policy", "cross-origin");
  private static final int TAG_LENGTH = 16;

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
      METHODS.refusal(exchange).response().send(exchange);
      return;
    }
    Bytes script = script();
    SHARED.forEach(exchange.getResponseHeaders()::set);
    Headers asked = exchange.getRequestHeaders();
    boolean gzip = names(asked, "Accept-Encoding", "gzip");
    // Two encodings are two representations (RFC 9110, 8.8.3).
    String digest = script.sha256().substring(0, TAG_LENGTH);
    String tag = '"' + digest + (gzip ? "-gzip" : "") + '"';
    exchange.getResponseHeaders().set("ETag", tag);
    if (names(asked, "If-None-Match", tag) || names(asked, "If-None-Match", "W/" + tag)) {
      RestResponse.empty(304).send(exchange);
    } else if (gzip) {
      RestResponse.of(200, TYPE, zipped(script)).with("Content-Encoding", "gzip").send(exchange);
    } else {
      RestResponse.of(200, TYPE, script).send(exchange);
    }
  }

  private static boolean names(Headers headers, String header, String word) {
    return headers.getOrDefault(header, List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .anyMatch(word::equals);
  }

  static Bytes script() throws IOException {
    try (InputStream in = ScriptHandler.class.getResourceAsStream(FILE)) {
      return Bytes.copyOf(in.readAllBytes());
    }
  }

  static Bytes zipped(Bytes script) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip =
        new GZIPOutputStream(out) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      script.writeTo(zip);
    }
    return Bytes.copyOf(out.toByteArray());
  }
}
