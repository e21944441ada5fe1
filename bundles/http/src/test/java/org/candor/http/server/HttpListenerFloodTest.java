package org.candor.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.candor.http.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that take what they can of a listener, over real connections. */
class HttpListenerFloodTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int BODIES = 1 << 20;
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ";

  private final CountDownLatch held = new CountDownLatch(1);
  private HttpListener listener;
  private Attack attack;

  @BeforeEach
  void patient() {
    open(Duration.ofMinutes(1));
  }

  private void impatient() throws IOException {
    attack.close();
    listener.close();
    open(SECOND);
  }

  /** With so much time for a request and for a write. */
  private void open(Duration limit) {
    listener =
        new HttpListener(
            "flood",
            this::answer,
            new Silent(),
            HttpListener.RETRY,
            ServerOptions.of(
                new ServerLimits(100, 40, Duration.ofMinutes(1), limit, limit, BODIES)));
    listener.serve(Optional.of(new ListenAddress("0.0.0.0", 0)));
    attack = new Attack(Eventually.get(() -> listener.address()).getPort());
  }

  @AfterEach
  void close() throws Exception {
    held.countDown();
    attack.close();
    listener.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestURI().getPath().equals("/memory")) {
        throw new OutOfMemoryError("planted");
      }
      if (exchange.getRequestURI().getPath().equals("/large")) {
        exchange.sendResponseHeaders(200, 0);
        byte[] part = new byte[1 << 16];
        for (int i = 0; i < 1000; i++) {
          exchange.getResponseBody().write(part);
        }
        return;
      }
      byte[] text = (body.length + " bytes").getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
    }
  }

  private void answersWithinASecond() throws IOException {
    long begin = System.nanoTime();
    assertThat(attack.ask(GET)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("0 bytes");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SECOND);
  }

  private long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("flood-http-"))
        .count();
  }

  private static long files() {
    return new File("/proc/self/fd").list().length;
  }

  @Test
  void fourHundredOfEachKindKeepNobodyElseWaitingAndLeaveNothing() throws Exception {
    answersWithinASecond();
    long before = files();
    String[] kinds = {
      "",
      "GET / HT",
      "GET / HTTP/1.1\r\nHost: x\r\nX: y",
      POST + "1000\r\n\r\nabc",
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
      POST.replace("Content-Length: ", "Transfer-Encoding: chunked\r\nX: ") + "1\r\n\r\n5\r\nab"
    };
    for (String kind : kinds) {
      for (int i = 0; i < 400; i++) {
        attack.open("127.0.0." + (2 + i % 4), kind);
        if (i % 100 == 99) {
          answersWithinASecond();
        }
      }
      assertThat(listener.connections()).isLessThanOrEqualTo(100);
      assertThat(threads()).isLessThanOrEqualTo(164);
    }
    attack.close();
    Eventually.is(() -> listener.connections() == 0);
    assertThat(listener.bodyBytes()).isZero();
    Eventually.is(() -> files() <= before + 2);
    answersWithinASecond();
  }

  @Test
  void ofOneAddressTheOldestGoesAndOtherAddressesKeepTheirs() throws Exception {
    Socket other = attack.open("127.0.0.9", "GET / HT");
    Eventually.is(() -> listener.connections() == 1);
    for (int i = 0; i < 60; i++) {
      attack.open("127.0.0.2", "GET / HT");
      int open = Math.min(2 + i, 41);
      Eventually.is(() -> listener.connections() == open);
    }
    Eventually.is(() -> attack.sockets().subList(1, 21).stream().allMatch(Attack::hasEnded));
    assertThat(Attack.hasEnded(other)).isFalse();
    assertThat(attack.sockets().subList(21, 61)).noneMatch(Attack::hasEnded);
    assertThat(listener.connections()).isEqualTo(41);
  }

  @Test
  void whoSendsAByteNowAndThenIsCutOffAllTheSame() throws Exception {
    impatient();
    Socket slow = attack.open("127.0.0.1", "GET / HTTP/1.1\r\n");
    long begin = System.nanoTime();
    boolean open = true;
    while (open && System.nanoTime() - begin < 10_000_000_000L) {
      try {
        slow.getOutputStream().write('x');
        open = !Attack.hasEnded(slow);
      } catch (IOException e) {
        open = false;
      }
    }
    assertThat(open).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
  }

  @Test
  void whoDoesNotReadItsAnswerIsCutOff() throws Exception {
    impatient();
    for (int i = 0; i < 30; i++) {
      attack.open("127.0.0.1", "GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    answersWithinASecond();
    Eventually.is(() -> listener.connections() == 0);
  }

  @Test
  void requestsThatAreSentWithoutReadingTheAnswersAreNotReadEither() throws Exception {
    impatient();
    Socket greedy = attack.open("127.0.0.1", "");
    byte[] many = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000).getBytes();
    long sent = 0;
    try {
      while (sent < 1L << 30) {
        greedy.getOutputStream().write(many);
        sent += many.length;
      }
    } catch (IOException cutOff) {
      assertThat(sent).isLessThan(1L << 30);
    }
    assertThat(sent).isLessThan(1L << 30);
    answersWithinASecond();
  }

  @Test
  void bodiesThatNobodyFinishesHoldNoMoreThanTheirShareAndMakeWay() throws Exception {
    String begin = POST + "1000000\r\n\r\n" + "x".repeat(200_000);
    for (int i = 0; i < 30; i++) {
      attack.open("127.0.0.2", begin);
      assertThat(listener.bodyBytes()).isLessThanOrEqualTo(BODIES);
    }
    String whole = POST + "60000\r\nConnection: close\r\n\r\n" + "x".repeat(60_000);
    long start = System.nanoTime();
    assertThat(attack.ask(whole)).endsWith("60000 bytes");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SECOND);
    answersWithinASecond();
    attack.close();
    Eventually.is(() -> listener.connections() == 0);
    assertThat(listener.bodyBytes()).isZero();
  }

  @Test
  void whateverGoesWrongTheBodyIsForgotten() throws Exception {
    String chunks =
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n"
            + "x".repeat(0x20000);
    for (int i = 0; i < 50; i++) {
      attack.ask(chunks + "\r\n+1\r\n");
      Socket socket = attack.open("127.0.0.1", chunks);
      socket.getOutputStream().write("\r\n+1\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.setSoLinger(true, 0);
      socket.close();
      attack.ask("POST /memory HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
    }
    answersWithinASecond();
    Eventually.is(() -> listener.connections() == 0);
    assertThat(listener.bodyBytes()).isZero();
  }

  @Test
  void resetsLeaveNothing() throws Exception {
    for (int i = 0; i < 300; i++) {
      Socket socket = attack.open("127.0.0.1", i % 2 == 0 ? GET : POST + "100\r\n\r\nabc");
      socket.setSoLinger(true, 0);
      socket.close();
    }
    answersWithinASecond();
    Eventually.is(() -> listener.connections() == 0);
    assertThat(listener.bodyBytes()).isZero();
  }

  private static final class Silent implements ListenerEvents {

    @Override
    public void serving(ListenAddress wanted, ListenAddress served, boolean loopback) {}

    @Override
    public void unavailable(
        ListenAddress wanted, IOException why, Optional<ListenAddress> remains, Duration retry) {}
  }
}
