package org.candor.benchmarks.events;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A process that takes Segment's batches and counts the events in them. It prints its port, and
 * ends with its standard input.
 */
final class Receiver {

  private static final byte[] EVENT = "\"type\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern PRODUCT = Pattern.compile("\"product\":\"([^\"]+)\"");

  private final AtomicLong events = new AtomicLong();
  private final Set<String> products = ConcurrentHashMap.newKeySet();
  private final boolean collectsProducts;

  private Receiver(boolean collectsProducts) {
    this.collectsProducts = collectsProducts;
  }

  /**
   * Begins; with the argument {@code products} it also tells {@code /products}, which costs more.
   */
  public static void main(String[] args) throws IOException {
    Receiver receiver = new Receiver(args.length > 0 && args[0].equals("products"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/v1/", receiver::batch);
    server.createContext("/count", exchange -> answer(exchange, receiver.events.toString()));
    server.createContext(
        "/products", exchange -> answer(exchange, String.join("\n", receiver.products)));
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // Until whoever started this ends.
    }
    System.exit(0);
  }

  private void batch(HttpExchange exchange) throws IOException {
    byte[] body = body(exchange);
    events.addAndGet(count(body));
    if (collectsProducts) {
      Matcher product = PRODUCT.matcher(new String(body, StandardCharsets.UTF_8));
      while (product.find()) {
        products.add(product.group(1));
      }
    }
    answer(exchange, "{\"success\":true}");
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in =
        zipped
            ? new GZIPInputStream(exchange.getRequestBody(), 1 << 16)
            : exchange.getRequestBody()) {
      return in.readAllBytes();
    }
  }

  private static int count(byte[] body) {
    int count = 0;
    for (int i = 0; i + EVENT.length <= body.length; i++) {
      int same = 0;
      while (same < EVENT.length && body[i + same] == EVENT[same]) {
        same++;
      }
      count += same == EVENT.length ? 1 : 0;
    }
    return count;
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
