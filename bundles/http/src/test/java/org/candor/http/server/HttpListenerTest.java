package org.candor.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.candor.http.testing.Eventually;
import org.junit.jupiter.api.Test;

class HttpListenerTest {

  private static final Duration SOON = Duration.ofMillis(20);
  private static final String ANSWER = "here";

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> events = new CopyOnWriteArrayList<>();

  @Test
  void aPortThatIsTakenIsTriedAgainUntilItIsFree() throws Exception {
    try (HttpListener server = listener()) {
      ServerSocket other = new ServerSocket(0, 1, loopback());
      try (other) {
        serve(server, other.getLocalPort());
        try (HttpListener witness = listener()) {
          serve(witness, 0);
          Eventually.get(() -> port(witness));
        }
        assertThat(port(server)).isEmpty();
      }
      assertThat(Eventually.get(() -> port(server))).isEqualTo(other.getLocalPort());
    }
  }

  @Test
  void anotherPortReplacesTheFirst() throws Exception {
    try (HttpListener server = listener()) {
      serve(server, 0);
      int first = Eventually.get(() -> port(server));
      int second = freePort();
      serve(server, second);
      Eventually.is(() -> port(server).filter(port -> port == second).isPresent());
      assertThat(get(second)).isEqualTo(ANSWER);
      assertThatThrownBy(() -> new Socket(loopback(), first)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void whileAnotherPortIsTakenTheFirstIsServed() throws Exception {
    try (HttpListener server = listener();
        ServerSocket other = new ServerSocket(0, 1, loopback())) {
      serve(server, 0);
      int first = Eventually.get(() -> port(server));
      serve(server, other.getLocalPort());
      try (HttpListener witness = listener()) {
        serve(witness, 0);
        Eventually.get(() -> port(witness));
      }
      assertThat(get(first)).isEqualTo(ANSWER);
      assertThat(port(server)).contains(first);
      serve(server, first);
      assertThat(get(first)).isEqualTo(ANSWER);
    }
  }

  @Test
  void anAnswerDoesNotWaitForAcknowledgements() throws Exception {
    try (HttpListener server = listener()) {
      serve(server, 0);
      int port = Eventually.get(() -> port(server));
      get(port);
      long start = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        get(port);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void whatIsServedAndWhatIsNotIsSaidOnce() throws Exception {
    try (HttpListener server = listener();
        ServerSocket other = new ServerSocket(0, 1, loopback())) {
      serve(server, 0);
      int first = Eventually.get(() -> port(server));
      serve(server, other.getLocalPort());
      Eventually.is(() -> server.unavailable().isPresent());
      Thread.sleep(5 * SOON.toMillis());
      assertThat(events)
          .containsExactly(
              "127.0.0.1:0 on 127.0.0.1:" + first + " loopback",
              "not 127.0.0.1:" + other.getLocalPort() + " but 127.0.0.1:" + first);
    }
  }

  private HttpListener listener() {
    return new HttpListener(
        "test", HttpListenerTest::answer, new Noted(), SOON, ServerOptions.of(ServerLimits.USUAL));
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, ANSWER.length());
      exchange.getResponseBody().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void serve(HttpListener server, int port) {
    server.serve(Optional.of(new ListenAddress("127.0.0.1", port)));
  }

  private static Optional<Integer> port(HttpListener server) {
    return server.address().map(InetSocketAddress::getPort);
  }

  private String get(int port) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByName("127.0.0.1");
  }

  private final class Noted implements ListenerEvents {

    @Override
    public void serving(ListenAddress wanted, ListenAddress served, boolean loopback) {
      events.add(wanted + " on " + served + (loopback ? " loopback" : ""));
    }

    @Override
    public void unavailable(
        ListenAddress wanted, IOException why, Optional<ListenAddress> remains, Duration retry) {
      events.add("not " + wanted + " but " + remains.map(ListenAddress::toString).orElse("none"));
    }
  }
}
