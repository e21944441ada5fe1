package org.candor.rest.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.candor.http.server.HttpListener;
import org.candor.http.server.ListenAddress;
import org.candor.http.server.ServerLimits;
import org.candor.http.server.ServerOptions;
import org.candor.http.testing.Eventually;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RestResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who signs in while others guess, over real connections from real addresses of loopback. */
class BasicAuthenticationTest {

  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final GuessLimits LIMITS =
      new GuessLimits(5, 60, LONGEST, 32, 64, 128, Duration.ofMillis(20));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger looked = new AtomicInteger();
  private final BasicAuthentication login =
      new BasicAuthentication(this::roles, LIMITS, Clock.systemUTC(), System::nanoTime);
  private final HttpListener listener =
      new HttpListener(
          "test",
          this::signIn,
          new NoEvents(),
          HttpListener.RETRY,
          ServerOptions.of(ServerLimits.USUAL));

  @BeforeEach
  void open() {
    listener.serve(Optional.of(new ListenAddress("0.0.0.0", 0)));
  }

  @AfterEach
  void close() {
    listener.close();
    threads.shutdownNow();
  }

  private Optional<Set<String>> roles(String realm, BasicCredentials credentials, String address) {
    looked.incrementAndGet();
    return credentials.password().equals("right") ? Optional.of(Set.of("admin")) : Optional.empty();
  }

  private void signIn(HttpExchange exchange) throws IOException {
    RestResponse answer;
    try {
      login.caller(exchange, "realm");
      answer = RestResponse.empty(204);
    } catch (RefusedRequestException e) {
      answer = e.response();
    }
    answer.send(exchange);
  }

  private Socket ask(String from, String user, String password) throws IOException {
    int port = Eventually.get(listener::address).getPort();
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    socket.setSoTimeout(20_000);
    String basic =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    socket
        .getOutputStream()
        .write(
            ("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic "
                    + basic
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The status; 0 when the connection ended without one. */
  private int status(String from, String user, String password) throws IOException {
    try (Socket socket = ask(from, user, password)) {
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.isEmpty() ? 0 : Integer.parseInt(answer.substring(9, 12));
    }
  }

  private Duration took(String from, String password) throws IOException {
    long begin = System.nanoTime();
    assertThat(status(from, "jo", password)).isEqualTo(204);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Guesses on so many connections of each of these addresses, until the test ends. */
  private List<Future<?>> attack(int addresses, int connections) {
    List<Future<?>> attackers = new ArrayList<>();
    for (int a = 0; a < addresses; a++) {
      String from = "127.0.1." + (a + 1);
      for (int c = 0; c < connections; c++) {
        attackers.add(threads.submit(() -> guess(from)));
      }
    }
    return attackers;
  }

  private void guess(String from) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        status(from, "jo", "wrong");
      } catch (IOException e) {
        // Its connection had to go.
        continue;
      }
    }
  }

  @Test
  void whoSignedInBeforeGetsInAtOnceAndAnybodyElseWithinFiveSecondsWhileThirtyAddressesGuess()
      throws Exception {
    took("127.0.0.1", "right");
    attack(30, 4);
    Eventually.is(() -> looked.get() > 120);
    for (int i = 0; i < 5; i++) {
      assertThat(took("127.0.0.1", "right")).isLessThan(Duration.ofSeconds(1));
    }
    assertThat(took("127.0.0.9", "right")).as("known credentials").isLessThan(LONGEST);
    int before = looked.get();
    long begin = System.nanoTime();
    assertThat(status("127.0.0.77", "mary", "right")).isEqualTo(204);
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertThat(seconds).isLessThan(5);
    threads.awaitTermination(2, TimeUnit.SECONDS);
    double all = (System.nanoTime() - begin) / 1e9;
    int guesses = looked.get() - before;
    System.out.printf("30 addresses, 120 connections: %.1f guesses a second%n", guesses / all);
    // Those that wait may all end together, just after the beginning and just before the end.
    assertThat((double) guesses).isLessThan(LIMITS.ofAccount() * (all / LONGEST.toSeconds() + 1.5));
  }

  @Test
  void aFreshAddressGetsInWithinFiveSecondsWhileItsOwnAccountIsGuessed() throws Exception {
    attack(10, 8);
    Eventually.is(() -> looked.get() > 20);
    assertThat(took("127.0.0.1", "right")).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void fromTheAddressThatGuessesTheRightPasswordGetsInWithinFiveSeconds() throws Exception {
    attack(1, 30);
    Eventually.is(() -> looked.get() > 20);
    assertThat(took("127.0.1.1", "right")).isLessThan(Duration.ofSeconds(5));
    assertThat(took("127.0.1.1", "right")).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void tenWrongOnesLockNobodyOut() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(status("127.0.0.1", "jo", "wrong")).isEqualTo(401);
    }
    assertThat(took("127.0.0.1", "right")).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void whoLeavesWhileWaitingLeavesItsPlaceAndItsGuessIsNotLookedAt() throws Exception {
    for (int i = 0; i < 12; i++) {
      status("127.0.0.1", "jo", "wrong");
    }
    int before = looked.get();
    for (int i = 0; i < 200; i++) {
      ask("127.0.0.1", "jo", "wrong").close();
    }
    assertThat(took("127.0.0.1", "right")).isLessThan(Duration.ofSeconds(5));
    assertThat(looked.get() - before).isLessThan(10);
  }

  @Test
  void eachFailedGuessIsALineWithoutAnythingThatTurnsOrEndsIt() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      status("127.0.0.5", "jo", "wrong");
      status("127.0.0.6", "e\u202evil\" x", "wrong");
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(
            line ->
                line.matches(
                    ".*audit.candor - 20.*Z Authentication failed - account \"jo\" - address"
                        + " 127.0.0.5 - way http"))
        .anyMatch(line -> line.contains("account \"e\\u202evil\\u0022 x\" - address 127.0.0.6"));
  }
}
