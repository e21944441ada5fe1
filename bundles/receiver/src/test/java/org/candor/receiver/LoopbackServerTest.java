package org.candor.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.candor.http.testing.Eventually;
import org.junit.jupiter.api.Test;

class LoopbackServerTest {

  private static final Duration SOON = Duration.ofMillis(20);

  private final Inbox inbox = new Inbox(Clock.systemUTC());
  private final List<Endpoint> endpoints = List.of(new ReceivedEndpoint(inbox));

  @Test
  void aPortThatIsTakenIsTriedAgainUntilItIsFree() throws Exception {
    try (LoopbackServer server = new LoopbackServer(endpoints, SOON)) {
      ServerSocket other = new ServerSocket(0, 1, loopback());
      try (other) {
        server.serve(other.getLocalPort());
        try (LoopbackServer witness = new LoopbackServer(endpoints, SOON)) {
          witness.serve(0);
          Eventually.get(witness::port);
        }
        assertThat(server.port()).isEmpty();
      }
      assertThat(Eventually.get(server::port)).isEqualTo(other.getLocalPort());
    }
  }

  @Test
  void anotherPortReplacesTheFirst() throws Exception {
    try (LoopbackServer server = new LoopbackServer(endpoints, SOON)) {
      server.serve(0);
      int first = Eventually.get(server::port);
      int second = freePort();
      server.serve(second);
      Eventually.is(() -> server.port().filter(port -> port == second).isPresent());
      assertThat(Client.of(second).received()).isEqualTo("[]");
      assertThatThrownBy(() -> new Socket(loopback(), first)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void whileAnotherPortIsTakenTheFirstIsServed() throws Exception {
    try (LoopbackServer server = new LoopbackServer(endpoints, SOON);
        ServerSocket other = new ServerSocket(0, 1, loopback())) {
      server.serve(0);
      int first = Eventually.get(server::port);
      server.serve(other.getLocalPort());
      try (LoopbackServer witness = new LoopbackServer(endpoints, SOON)) {
        witness.serve(0);
        Eventually.get(witness::port);
      }
      assertThat(Client.of(first).received()).isEqualTo("[]");
      assertThat(server.port()).contains(first);
      server.serve(first);
      assertThat(Client.of(first).received()).isEqualTo("[]");
    }
  }

  @Test
  void itListensOnLoopbackOnly() throws Exception {
    try (LoopbackServer server = new LoopbackServer(endpoints, SOON)) {
      server.serve(0);
      int port = Eventually.get(server::port);
      // The same port of another loopback address is free only when not all addresses are bound.
      try (ServerSocket other = new ServerSocket()) {
        other.bind(new InetSocketAddress("127.0.0.2", port));
        assertThat(other.isBound()).isTrue();
      }
    }
  }

  @Test
  void afterTheEndThePortIsFreeAndNoThreadIsLeftEvenInTheMiddleOfAnAnswer() throws Exception {
    Set<Thread> before = threads();
    Receiver receiver = new Receiver(TestConfig.NORMAL.delaying("60s"), Clock.systemUTC());
    int port = Eventually.get(receiver::port);
    Client client = Client.of(port);
    CompletableFuture<HttpResponse<String>> pending =
        client
            .http()
            .sendAsync(
                client
                    .request("/v1/batch")
                    .header("Authorization", Client.KEY)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"batch\":[]}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    Eventually.is(() -> receiver.entries().size() == 1);
    try (Socket silent = new Socket(loopback(), port)) {
      silent
          .getOutputStream()
          .write(
              "POST /v1/batch HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"
                  .getBytes(StandardCharsets.US_ASCII));

      long start = System.nanoTime();
      receiver.deactivate();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
    new ServerSocket(port, 1, loopback()).close();
    assertThat(pending.handle((response, failure) -> failure).get()).isNotNull();
    Eventually.is(() -> before.containsAll(threads()));
  }

  @Test
  void stoppingBeforeThePortIsBoundLeavesNothing() {
    Set<Thread> before = threads();
    for (int i = 0; i < 20; i++) {
      Receiver receiver = new Receiver(TestConfig.NORMAL, Clock.systemUTC());
      receiver.deactivate();
      assertThat(receiver.port()).isEmpty();
    }
    Eventually.is(() -> before.containsAll(threads()));
  }

  @Test
  void anAnswerDoesNotWaitForAcknowledgements() throws Exception {
    try (LoopbackServer server = new LoopbackServer(endpoints, SOON)) {
      server.serve(0);
      Client client = Client.of(Eventually.get(server::port));
      client.received();
      long start = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        client.received();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .filter(
            thread ->
                thread.getName().startsWith("candor-")
                    || thread.getName().startsWith("HTTP-Dispatcher")
                    || thread.getName().startsWith("idle-timeout"))
        .collect(Collectors.toSet());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByName("127.0.0.1");
  }
}
