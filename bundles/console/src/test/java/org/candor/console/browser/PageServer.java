package org.candor.console.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.candor.console.FilesHandler;
import org.candor.console.PageHandler;

/** The page behind a password, and what it asks for, in the place of bundle rest. */
final class PageServer implements AutoCloseable {

  static final String USER = "karaf";
  static final String PASSWORD = "secret";

  private static final Pattern SENT = Pattern.compile("newest=(\\d+)&all=true(?:&search=(.*))?");

  final Consent consent = new Consent();
  final List<JsonObject> puts = new CopyOnWriteArrayList<>();

  private final Map<String, JsonObject> answers = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final List<Held> held = new CopyOnWriteArrayList<>();
  private final List<HttpExchange> listeners = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile UnaryOperator<JsonElement> distortion = UnaryOperator.identity();
  private volatile boolean silent;
  private volatile boolean readOnly;
  private volatile int putStatus = 200;

  PageServer() throws IOException {
    for (String name : List.of("status", "upgrade", "sent", "crashes")) {
      answers.put("/v1/" + name, Samples.read(name));
    }
    answers.put("/v1/history", Samples.history());
    consent.answer("usage", true);
    consent.forbid("errors", "DISABLE_ERROR_REPORTING=true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    serve("/", this::api);
    serve("/telemetry", new PageHandler());
    serve("/telemetry/", new FilesHandler());
    server.start();
  }

  private void serve(String path, HttpHandler handler) {
    server
        .createContext(path, handler)
        .setAuthenticator(
            new BasicAuthenticator("candor") {
              @Override
              public boolean checkCredentials(String user, String password) {
                return user.equals(USER) && password.equals(PASSWORD);
              }
            });
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String page() {
    return "http://" + USER + ":" + PASSWORD + "@" + host() + "/telemetry";
  }

  /** The object that is answered, to be changed at will. */
  JsonObject answer(String path) {
    return answers.get(path);
  }

  void answer(String path, JsonObject json) {
    refused.remove(path);
    answers.put(path, json);
  }

  /** Answers with an error from now on. */
  void refuse(String path, String why) {
    answers.put(path, message(why));
    refused.add(path);
  }

  /** What is done to every answer before it leaves. */
  void distort(UnaryOperator<JsonElement> how) {
    distortion = how;
  }

  /** Tells all pages that something changed. */
  void changed(String what) throws IOException {
    synchronized (listeners) {
      for (HttpExchange listener : listeners) {
        write(listener, "event: changed\ndata: {\"what\":[\"" + what + "\"]}\n\n");
      }
    }
  }

  /** Ends what pages listen to, and lets nobody listen any more. */
  void breakEvents() {
    silent = true;
    synchronized (listeners) {
      listeners.forEach(HttpExchange::close);
      listeners.clear();
    }
  }

  /** Answers only when it is let go what is asked under addresses that contain this. */
  Held hold(String part) {
    Held one = new Held(part, new CountDownLatch(1), new CountDownLatch(1));
    held.add(one);
    return one;
  }

  /** Tells with every answer that its user may only read. */
  void readOnly() {
    readOnly = true;
  }

  /** Obeys what is put and answers with this; 0 for no answer, and nothing is obeyed. */
  void failPuts(int status) {
    putStatus = status;
  }

  /** What waits for its answer. */
  record Held(String part, CountDownLatch asked, CountDownLatch released) {

    void release() {
      released.countDown();
    }

    void awaitAsked() throws InterruptedException {
      if (!asked.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody asks for " + part);
      }
    }

    private void holdBack(URI address) throws IOException {
      if (!address.toString().contains(part)) {
        return;
      }
      asked.countDown();
      try {
        if (!released.await(20, TimeUnit.SECONDS)) {
          throw new IOException("Nobody lets go " + part);
        }
      } catch (InterruptedException e) {
        throw new IOException("Closed while " + part + " was held", e);
      }
    }
  }

  private void api(HttpExchange exchange) throws IOException {
    for (Held one : held) {
      one.holdBack(exchange.getRequestURI());
    }
    if (readOnly) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD, OPTIONS");
    }
    String path = exchange.getRequestURI().getRawPath();
    if (path.equals("/v1/changes")) {
      listen(exchange);
    } else if (exchange.getRequestMethod().equals("PUT") && path.equals("/v2/cluster")) {
      put(exchange);
    } else {
      Optional<JsonObject> found = find(path, query(exchange));
      send(
          exchange,
          found.isEmpty() ? 404 : refused.contains(path) ? 503 : 200,
          found.orElseGet(() -> message("No " + path)));
    }
  }

  private Optional<JsonObject> find(String path, String query) {
    if (path.equals("/v2/cluster")) {
      return Optional.of(consent.cluster());
    }
    if (path.startsWith("/v1/explain/")) {
      return Optional.of(consent.explain(path.substring("/v1/explain/".length())));
    }
    if (path.startsWith("/v1/preview/")) {
      return Optional.of(sample("preview-", path.substring("/v1/preview/".length()), "segment"));
    }
    if (path.startsWith("/v1/sent/")) {
      return Optional.of(answers.getOrDefault(path, Samples.read("payload")));
    }
    if (path.equals("/v1/fields")) {
      return Optional.of(sample("fields-", query.substring("channel=".length()), "segment"));
    }
    if (path.equals("/v1/sent")) {
      return Optional.of(sent(query));
    }
    if (path.equals("/v1/crashes") && !refused.contains(path)) {
      return Optional.of(withoutStacks(answers.get(path)));
    }
    if (path.startsWith("/v1/crashes/")) {
      return crash(path.substring("/v1/crashes/".length()));
    }
    return Optional.ofNullable(answers.get(path));
  }

  private static JsonObject withoutStacks(JsonObject crashes) {
    JsonObject list = crashes.deepCopy();
    for (JsonElement crash : list.getAsJsonArray("crashes")) {
      JsonArray stack = crash.getAsJsonObject().remove("stack").getAsJsonArray();
      crash.getAsJsonObject().addProperty("calls", stack.size());
    }
    return list;
  }

  private Optional<JsonObject> crash(String id) {
    return answers.get("/v1/crashes").getAsJsonArray("crashes").asList().stream()
        .map(JsonElement::getAsJsonObject)
        // Whatever a distortion has added to it.
        .filter(crash -> id.startsWith(crash.get("id").getAsString()))
        .findFirst();
  }

  private static JsonObject sample(String kind, String channel, String otherwise) {
    String name = URLDecoder.decode(channel, StandardCharsets.UTF_8);
    boolean known =
        Samples.class.getResource("/org/candor/console/answers/" + kind + name + ".json") != null;
    return Samples.read(kind + (known ? name : otherwise));
  }

  private JsonObject sent(String query) {
    Matcher asked = SENT.matcher(query);
    if (!asked.matches()) {
      return message("Not understood: " + query);
    }
    String words =
        URLDecoder.decode(Optional.ofNullable(asked.group(2)).orElse(""), StandardCharsets.UTF_8);
    List<JsonElement> all = answers.get("/v1/sent").getAsJsonArray("entries").asList();
    List<JsonElement> matching = all.stream().filter(entry -> has(entry, words)).toList();
    JsonArray newest = new JsonArray();
    matching.stream()
        .skip(Math.max(0, matching.size() - Integer.parseInt(asked.group(1))))
        .forEach(newest::add);
    JsonObject json = new JsonObject();
    json.add("entries", newest);
    json.addProperty("matching", matching.size());
    json.addProperty("total", all.size());
    return json;
  }

  private static boolean has(JsonElement entry, String words) {
    String text = entry.toString().toLowerCase(Locale.ROOT);
    return Stream.of(words.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(text::contains);
  }

  private void put(HttpExchange exchange) throws IOException {
    JsonObject json =
        JsonParser.parseReader(
                new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8))
            .getAsJsonObject();
    puts.add(json);
    if (putStatus == 0) {
      exchange.close();
    } else if (putStatus != 200) {
      consent.put(json);
      send(exchange, putStatus, message("It could not be written. It is obeyed all the same."));
    } else if (consent.put(json)) {
      send(exchange, 200, consent.cluster());
    } else {
      send(exchange, 412, message("version is stale"));
    }
  }

  private void listen(HttpExchange exchange) throws IOException {
    if (silent) {
      send(exchange, 503, message("No events now"));
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    synchronized (listeners) {
      write(exchange, ": here\n\n");
      listeners.add(exchange);
    }
  }

  private static void write(HttpExchange exchange, String text) throws IOException {
    OutputStream out = exchange.getResponseBody();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void send(HttpExchange exchange, int status, JsonObject json) throws IOException {
    byte[] body = distortion.apply(json.deepCopy()).toString().getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static JsonObject message(String text) {
    JsonObject json = new JsonObject();
    json.addProperty("message", text);
    return json;
  }

  private static String query(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
  }

  @Override
  public void close() {
    breakEvents();
    server.stop(0);
    threads.shutdownNow();
  }
}
