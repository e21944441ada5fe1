package org.candor.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.candor.api.consent.Purpose;
import org.candor.http.server.ServerLimits;
import org.candor.http.testing.Eventually;
import org.candor.rest.Client.Reply;
import org.candor.rest.gate.Gate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where it listens, whom it waits for, and what is left when it ends. */
class ListeningTest {

  private static final String V1 = "/v1/telemetry";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofMillis(20);
  private static final ServerLimits SHORT =
      new ServerLimits(
          256, 64, Duration.ofSeconds(30), SECOND, SECOND, ServerLimits.USUAL.bodyBytes());

  private final FakeCore core = new FakeCore();
  private final FakeConsent consent = core.consent;
  private final Rest rest =
      new Rest(
          consent,
          core.documents(),
          core.products,
          core.streams,
          TestConfig.NORMAL,
          SOON,
          SHORT,
          Gate.PATIENCE);
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeAll
  static void users() {
    TestRealm.install();
  }

  @AfterEach
  void close() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    rest.deactivate();
  }

  private Client client() {
    return new Client(Eventually.get(rest::address).getPort(), "storageos");
  }

  private void slow(String begin) throws Exception {
    sockets.add(client().open(begin));
  }

  @Test
  void slowClientsDoNotKeepTheOwnersNoFromBeingObeyed() throws Exception {
    String authorization = "Authorization: " + Client.basic("storageos", "storageos") + "\n";
    for (int i = 0; i < 8; i++) {
      slow("PUT /v1/tele");
      slow(
          "PUT /v1/telemetry HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
              + authorization
              + "Content-Length: 100\n\n{");
      slow("PUT /v1/telemetry HTTP/1.1\nHost: localhost\nContent-Length: 100\n\n{");
    }
    long begin = System.nanoTime();
    Reply reply = client().put(V1, "{\"telemetryEnabled\": false}");
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    System.out.println("With 24 slow clients before it, answered after " + took);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(consent.file()).containsEntry(Purpose.USAGE, false);
    assertThat(took).isLessThan(Duration.ofSeconds(3));
    for (Socket socket : sockets) {
      assertThat(Client.ends(socket)).isTrue();
    }
  }

  @Test
  void anotherPortReplacesTheFirstAsSoonAsItIsFree() throws Exception {
    int first = client().port();
    int second;
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      second = other.getLocalPort();
      rest.modified(TestConfig.NORMAL.at("127.0.0.1", String.valueOf(second)));
      Eventually.is(() -> log.toString(UTF_8).contains(", and stays on 127.0.0.1:" + first));
      assertThat(client().port()).isEqualTo(first);
      assertThat(rest.problems())
          .singleElement()
          .asString()
          .startsWith("etc/org.candor.rest.cfg: port = " + second + ": cannot be served on 127.");
      assertThat(client().get(V1).status()).isEqualTo(200);
    } finally {
      System.setErr(before);
    }
    Eventually.is(() -> client().port() == second);
    Eventually.is(() -> rest.problems().isEmpty());
    assertThatThrownBy(() -> new Socket("127.0.0.1", first)).isInstanceOf(ConnectException.class);
    rest.modified(TestConfig.NORMAL.at("localhost", "0"));
    Eventually.is(() -> client().port() != second);
    assertThat(client().get(V1).status()).isEqualTo(200);
  }

  @Test
  void theSamePortOfAllAddressesReplacesItThoughTheyAreInEachOthersWay() throws Exception {
    int port = client().port();
    rest.modified(TestConfig.NORMAL.insecure("true").at("0.0.0.0", String.valueOf(port)));
    Eventually.is(() -> Eventually.get(rest::address).getAddress().isAnyLocalAddress());
    assertThat(client().get(V1).status()).isEqualTo(200);
    rest.modified(TestConfig.NORMAL.insecure("true").at("192.0.2.99", String.valueOf(port)));
    rest.modified(TestConfig.NORMAL.at("127.0.0.1", String.valueOf(port)));
    Eventually.is(() -> Eventually.get(rest::address).getAddress().isLoopbackAddress());
    assertThat(client().get(V1).status()).isEqualTo(200);
  }

  @Test
  void aBadAddressIsRefusedAndTheLastGoodOneStays() throws Exception {
    int port = client().port();
    rest.modified(TestConfig.NORMAL.at("example.com", "0"));
    rest.modified(TestConfig.NORMAL.at("127.0.0.256", "0"));
    rest.modified(TestConfig.NORMAL.at("127.0.0.1", "many"));
    assertThat(client().port()).isEqualTo(port);
    assertThat(client().get(V1).status()).isEqualTo(200);
  }

  @Test
  void withoutAGoodAddressOrRealmNothingIsServed() throws Exception {
    for (TestConfig config :
        List.of(
            TestConfig.NORMAL.at("example.com", "0"),
            TestConfig.NORMAL.at("127.0.0.1", "70000"),
            TestConfig.NORMAL.in("no realm"))) {
      Rest none =
          new Rest(
              consent,
              core.documents(),
              core.products,
              core.streams,
              config,
              SOON,
              SHORT,
              Gate.PATIENCE);
      none.deactivate();
      assertThat(none.address()).isEmpty();
    }
  }

  @Test
  void anotherAddressNeedsACertificateOrThatSomebodySaysItIsInsecure() throws Exception {
    int port = client().port();
    rest.modified(TestConfig.NORMAL.at("0.0.0.0", "0"));
    assertThat(rest.problems())
        .singleElement()
        .asString()
        .contains("host = 0.0.0.0", "tlsFile, or with insecure = true: without TLS everybody on");
    assertThat(client().port()).isEqualTo(port);
    rest.modified(TestConfig.NORMAL.insecure("true").at("0.0.0.0", "0"));
    Eventually.is(() -> Eventually.get(rest::address).getAddress().isAnyLocalAddress());
    assertThat(rest.problems()).isEmpty();
    rest.modified(TestConfig.NORMAL.at("0.0.0.0", "0"));
    Eventually.is(() -> rest.address().isEmpty());
    assertThat(rest.problems()).hasSize(1);
  }

  @Test
  void itListensOnLoopbackOnly() throws Exception {
    int port = client().port();
    // The same port of another loopback address is free only when not all addresses are bound.
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress("127.0.0.2", port));
      assertThat(other.isBound()).isTrue();
    }
  }

  @Test
  void nothingIsLeftWhenItEndsThoughClientsHang() throws Exception {
    client().get(V1);
    for (int i = 0; i < 4; i++) {
      slow("PUT /v1/tele");
    }
    Eventually.is(() -> threads().stream().anyMatch(name -> name.startsWith("candor-rest-http")));
    long begin = System.nanoTime();
    rest.deactivate();
    Eventually.is(() -> threads().isEmpty());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("candor-") || name.startsWith("HTTP-Dispatcher"))
        .collect(Collectors.toSet());
  }
}
