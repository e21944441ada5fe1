package org.candor.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.candor.rest.product.TestProduct;

/** A product's server, whose pages take {@code candor.js} in as many ways as there are. */
final class FakeShop implements AutoCloseable {

  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private final String candor;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final ServerSocket silent;
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<String> posted = new CopyOnWriteArrayList<>();

  /** What its page's own script does after the README's. */
  volatile String script = "";

  /**
   * @param candor the origin of the Candor that its pages tell
   */
  FakeShop(String candor) throws IOException {
    this.candor = candor;
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String origin() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** The paths to which its own pages have sent something. */
  List<String> posted() {
    return posted;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("POST")) {
        posted.add(exchange.getRequestURI().getPath());
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/telemetry.js" -> answer(exchange, SCRIPT, loader(candor) + script);
        case "/silent.js" -> answer(exchange, SCRIPT, loader(silentOrigin()) + script);
        case "/app.js" -> answer(exchange, SCRIPT, "window.started = true;");
        case "/bundle.js" -> answer(exchange, SCRIPT, candorJs());
        case "/release" -> {
          released.countDown();
          answer(exchange, "text/plain", "");
        }
        case "/held.png" -> {
          await();
          answer(exchange, "image/png", "");
        }
        default -> answer(exchange, "text/html; charset=utf-8", page(exchange));
      }
    }
  }

  private String page(HttpExchange exchange) {
    String way = String.valueOf(exchange.getRequestURI().getQuery());
    String tags =
        switch (way) {
          case "none" -> "";
          case "bundle" -> "<script src='/bundle.js'></script>";
          case "loader" -> "<script src='/telemetry.js'></script>";
          case "held" -> "<script src='/telemetry.js'></script><img src='/held.png' alt=''>";
          case "silent" -> "<script src='/silent.js'></script>";
          default -> "<script defer src='" + candor + "/candor.js'></script>";
        };
    return "<!doctype html><title>Shop</title><link rel='icon' href='data:,'>"
        + "<script>window.onerror = e => window.thrown = e</script>"
        + tags
        + "<script type='module' src='/app.js'></script><h1>Shop</h1>";
  }

  private String silentOrigin() {
    return "http://127.0.0.1:" + silent.getLocalPort();
  }

  /** As the README has it, to be copied. */
  private static String loader(String origin) {
    try {
      String readme = Files.readString(Path.of("README.md"));
      String begin = "```js\n// telemetry.js\n";
      int at = readme.indexOf(begin) + begin.length();
      return readme
          .substring(at, readme.indexOf("```", at))
          .replace("https://candor.example", origin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String candorJs() throws IOException {
    try (InputStream in = TestProduct.class.getResourceAsStream("candor.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void await() {
    try {
      released.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, String type, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() throws IOException {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
    silent.close();
  }
}
