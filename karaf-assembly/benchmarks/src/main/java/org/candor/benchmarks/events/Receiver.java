package org.candor.benchmarks.events;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * A process that takes Segment's batches and counts the events in them, each once by its {@code
 * messageId}. It prints its port, and ends with its standard input.
 */
final class Receiver {

  private static final byte[] ID = "\"messageId\":\"".getBytes(StandardCharsets.US_ASCII);

  private final Ids ids = new Ids();

  private Receiver() {}

  /** Begins. */
  public static void main(String[] args) throws IOException {
    Receiver receiver = new Receiver();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/v1/", receiver::batch);
    server.createContext("/count", exchange -> answer(exchange, "" + receiver.ids.size()));
    server.createContext("/repeated", exchange -> answer(exchange, "" + receiver.ids.repeated()));
    server.createContext("/ids", exchange -> answer(exchange, receiver.list()));
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // Until whoever started this ends.
    }
    System.exit(0);
  }

  private String list() {
    return Arrays.stream(ids.all()).mapToObj(Long::toHexString).collect(Collectors.joining("\n"));
  }

  private void batch(HttpExchange exchange) throws IOException {
    byte[] body = body(exchange);
    long[] found = new long[body.length / ID.length];
    int count = 0;
    for (int i = 2; i + ID.length < body.length; i++) {
      if (body[i] == ID[0] && isId(body, i) && !isOfTheBatch(body, i)) {
        found[count++] = Ids.of(body, i + ID.length);
      }
    }
    ids.addAll(found, count);
    answer(exchange, "{\"success\":true}");
  }

  private static boolean isId(byte[] body, int at) {
    return Arrays.equals(body, at, at + ID.length, ID, 0, ID.length);
  }

  /** What both senders say of the batch follows after its list; no event has a list. */
  private static boolean isOfTheBatch(byte[] body, int at) {
    return body[at - 2] == ']';
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

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
