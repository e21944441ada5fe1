package org.candor.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.candor.http.testing.Eventually;
import org.junit.jupiter.api.Test;

class ReceiverTest {

  @Test
  void itListensOnLoopbackOnly() throws Exception {
    Receiver receiver = new Receiver(TestConfig.NORMAL, Clock.systemUTC());
    int port = Eventually.get(receiver::port);
    // The same port of another loopback address is free only when not all addresses are bound.
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress("127.0.0.2", port));
      assertThat(other.isBound()).isTrue();
    } finally {
      receiver.deactivate();
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

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByName("127.0.0.1");
  }
}
