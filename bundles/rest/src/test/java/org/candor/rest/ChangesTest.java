package org.candor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.candor.control.Topic;
import org.candor.http.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events, over real sockets; a heartbeat every 100 ms. */
class ChangesTest {

  private static final String GET =
      "GET /v1/changes HTTP/1.1\nHost: localhost\nAuthorization: "
          + Client.basic("onlooker", "onlooker")
          + "\n\n";

  private final FakeCore core = new FakeCore();
  private final List<Socket> sockets = new ArrayList<>();
  private Rest rest;
  private Client client;

  @BeforeAll
  static void users() {
    TestRealm.install();
  }

  @BeforeEach
  void open() {
    rest = TestRest.open(core);
    client = new Client(Eventually.get(rest::address).getPort(), "onlooker");
  }

  @AfterEach
  void close() throws IOException {
    rest.deactivate();
    core.streams.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private BufferedReader listen() throws IOException {
    Socket socket = client.open(GET);
    sockets.add(socket);
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Reads lines until one begins so. */
  private static String until(BufferedReader lines, String begin) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith(begin)) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }

  @Test
  void everyoneWhoListensIsToldOfChangesAndThatItIsStillThere() throws Exception {
    List<BufferedReader> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      BufferedReader lines = listen();
      assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(until(lines, "Content-type")).isEqualTo("Content-type: text/event-stream");
      assertThat(until(lines, "retry")).isEqualTo("retry: 2000");
      all.add(lines);
    }
    core.changed(EnumSet.of(Topic.STATUS, Topic.SENT));
    for (BufferedReader lines : all) {
      assertThat(until(lines, "event")).isEqualTo("event: changed");
      assertThat(lines.readLine()).isEqualTo("data: {\"what\":[\"status\",\"sent\"]}");
      assertThat(until(lines, ":")).isEqualTo(": still here");
    }
    Client.Reply more = client.get("/v1/changes");
    assertThat(more.status()).isEqualTo(503);
    assertThat(more.message()).startsWith("20 streams are open already");
    assertThat(client.as("boss").put("/v1/telemetry", "{\"telemetryEnabled\":false}").status())
        .as("streams take no thread from others")
        .isEqualTo(200);
  }

  @Test
  void whoIsGoneMakesRoom() throws Exception {
    for (int i = 0; i < 20; i++) {
      until(listen(), "retry");
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    long begin = System.nanoTime();
    Eventually.is(
        () -> {
          try {
            return listen().readLine().equals("HTTP/1.1 200 OK");
          } catch (IOException e) {
            return false;
          }
        });
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void nothingIsLeftWhenItEnds() throws Exception {
    BufferedReader lines = listen();
    until(lines, "retry");
    long begin = System.nanoTime();
    rest.deactivate();
    core.streams.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(Client.ends(sockets.get(0))).isTrue();
    assertThat(core.listeners()).isZero();
    Eventually.is(() -> threads("candor-rest-changes").isEmpty());
  }

  @Test
  void onlyReadingIsAllowedAndOnlyToThoseWhoMay() throws Exception {
    assertThat(client.method("HEAD", "/v1/changes").header("Content-Type"))
        .isEqualTo("text/event-stream");
    assertThat(client.as("boss").method("POST", "/v1/changes").status()).isEqualTo(405);
    assertThat(client.as("guest").get("/v1/changes").status()).isEqualTo(403);
    assertThat(Client.send(client.anonymous("/v1/changes")).status()).isEqualTo(401);
  }

  private static List<String> threads(String begin) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(begin))
        .collect(Collectors.toList());
  }
}
