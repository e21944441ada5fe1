package org.candor.source.storageos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.Visit;

/**
 * A StorageOS API on loopback: v1 for whom Basic authentication lets in, v2 for whom has a token,
 * which is good for so many requests.
 */
final class FakeStorage implements AutoCloseable {

  private static final Answer NOTHING = new Answer(404, "{\"message\":\"page not found\"}");

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final AtomicInteger logins = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private final SocketServer server;
  private volatile int lifetime = Integer.MAX_VALUE;
  private volatile boolean tokenInBody;

  FakeStorage() throws IOException {
    server = SocketServer.http(this::play);
  }

  private record Answer(int status, String body) {}

  /** Answers a path, as it stands in the request line, with a body. */
  FakeStorage with(String path, String body) {
    answers.put(path, new Answer(200, body));
    return this;
  }

  /** Refuses a path, and says the request's credentials back. */
  FakeStorage refusing(String path, int status) {
    answers.put(path, new Answer(status, ""));
    return this;
  }

  /** How many requests a token is good for. */
  void tokensLast(int requests) {
    lifetime = requests;
  }

  /** Tokens come in the body of the login only. */
  void putTokenInBody() {
    tokenInBody = true;
  }

  String url() {
    return server.uri("").toString();
  }

  int logins() {
    return logins.get();
  }

  /** The methods and paths that were asked, in order. */
  List<String> asked() {
    return server.requests().stream()
        .map(request -> request.line().replace(" HTTP/1.1", ""))
        .toList();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void play(Visit visit) throws IOException {
    Request request = visit.read();
    String[] line = request.line().split(" ");
    String authorization = request.header("Authorization");
    if (line[0].equals("POST") && line[1].equals("/v2/auth/login")) {
      login(visit, request);
    } else if (!mayAsk(line[1], authorization)) {
      visit.answer(401, "", "{\"error\":\"" + authorization + "\"}");
    } else {
      Answer answer = answers.getOrDefault(line[1], NOTHING);
      boolean ok = answer.status() == 200;
      String type = "Content-Type: application/json\r\n";
      visit.answer(answer.status(), type, ok ? answer.body() : authorization + answer.body());
    }
  }

  private void login(Visit visit, Request request) throws IOException {
    String expected =
        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(Keys.USER, Keys.PASSWORD);
    String body = new String(request.body(), StandardCharsets.UTF_8);
    if (!body.equals(expected) || !request.header("Content-Type").equals("application/json")) {
      visit.answer(401, "", body);
      return;
    }
    left.set(lifetime);
    String token = "eyJ.token-" + logins.incrementAndGet();
    String user = "{\"id\":\"u1\",\"isAdmin\":true,\"groups\":[],\"username\":\"storageos\"";
    if (tokenInBody) {
      visit.answer(
          200, "", user + ",\"session\":{\"expiresInSeconds\":300,\"token\":\"" + token + "\"}}");
    } else {
      visit.answer(200, "Authorization: Bearer " + token + "\r\n", user + "}");
    }
  }

  private boolean mayAsk(String path, String authorization) {
    if (path.startsWith("/v2/")) {
      return authorization.equals("Bearer eyJ.token-" + logins.get()) && left.getAndDecrement() > 0;
    }
    String pair = Keys.USER + ":" + Keys.PASSWORD;
    return authorization.equals(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }
}
