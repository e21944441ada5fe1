package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.http.HttpCall;
import org.candor.http.client.LocalTransport.Keys;
import org.candor.http.testing.Eventually;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long an exchange may take, and how soon it ends when it is called off. */
@Timeout(20)
class ExchangeTimeTest extends OpenTransport {

  private static final Duration SLACK = Duration.ofMillis(200);

  @ParameterizedTest
  @EnumSource(names = {"HANGS", "HANGS_AFTER_HEADERS", "DRIPS"})
  void theRequestTimeoutBoundsTheWholeExchange(Misbehaviour misbehaviour) throws Exception {
    try (SocketServer server = SocketServer.http(misbehaviour);
        LocalTransport hasty = LocalTransport.open(Keys.of("", "10s", "300ms"))) {
      Duration took =
          time(
              () ->
                  assertThatThrownBy(() -> hasty.exchange(HttpCall.get(server.uri("/")), soon()))
                      .isInstanceOf(SocketTimeoutException.class)
                      .hasMessage(server.place() + " did not finish its answer within 300 ms"));
      assertThat(took).isBetween(Duration.ofMillis(290), Duration.ofMillis(300).plus(SLACK));
    }
  }

  @Test
  void aLastingAnswerIsBoundedByTheDeadlineOnly() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.DRIPS);
        LocalTransport hasty = LocalTransport.open(Keys.of("", "10s", "100ms"))) {
      HttpCall call = HttpCall.get(server.uri("/")).withLastingAnswer();
      Deadline deadline = Deadline.after(Duration.ofMillis(500), Clock.systemUTC());
      Duration took =
          time(
              () ->
                  assertThatThrownBy(
                          () -> hasty.stream(call, deadline, body -> body.transferTo(nowhere())))
                      .isInstanceOf(SocketTimeoutException.class)
                      .hasMessageMatching(
                          server.place() + " did not finish its answer within \\d+ ms"));
      assertThat(took).isBetween(Duration.ofMillis(450), Duration.ofMillis(500).plus(SLACK));
    }
  }

  @Test
  void aLastingAnswerBeginsWithinTheRequestTimeout() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS);
        LocalTransport hasty = LocalTransport.open(Keys.of("", "10s", "200ms"))) {
      HttpCall call = HttpCall.get(server.uri("/")).withLastingAnswer();
      Duration took =
          time(
              () ->
                  assertThatThrownBy(() -> hasty.stream(call, soon(), InputStream::readAllBytes))
                      .isInstanceOf(SocketTimeoutException.class)
                      .hasMessage(server.place() + " did not begin its answer within 200 ms"));
      assertThat(took).isLessThan(Duration.ofMillis(200).plus(SLACK));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HANGS", "HANGS_AFTER_HEADERS", "DRIPS"})
  void theDeadlineBoundsItToo(Misbehaviour misbehaviour) throws Exception {
    try (SocketServer server = SocketServer.http(misbehaviour)) {
      Deadline deadline = Deadline.after(Duration.ofMillis(300), Clock.systemUTC());
      Duration took =
          time(
              () ->
                  assertThatThrownBy(
                          () ->
                              transport.stream(
                                  HttpCall.get(server.uri("/")),
                                  deadline,
                                  InputStream::readAllBytes))
                      .isInstanceOf(SocketTimeoutException.class));
      assertThat(took).isLessThan(Duration.ofMillis(300).plus(SLACK));
    }
  }

  @Test
  void aServerThatTakesNoBodyIsLeftInTime() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS)) {
      Deadline deadline = Deadline.after(Duration.ofMillis(300), Clock.systemUTC());
      Bytes body = Bytes.copyOf(new byte[20_000_000]);
      Duration took =
          time(
              () ->
                  assertThatThrownBy(
                          () ->
                              transport.exchange(
                                  HttpCall.post(server.uri("/"), "text/plain", body), deadline))
                      .isInstanceOf(SocketTimeoutException.class));
      assertThat(took).isLessThan(Duration.ofMillis(300).plus(SLACK));
    }
  }

  @Test
  void aReaderThatTurnsTheTimeoutIntoSomethingElseDoesNotHideIt() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.DRIPS)) {
      Deadline deadline = Deadline.after(Duration.ofMillis(100), Clock.systemUTC());
      assertThatThrownBy(
              () ->
                  transport.stream(
                      HttpCall.get(server.uri("/")),
                      deadline,
                      body -> {
                        try {
                          return body.readAllBytes();
                        } catch (IOException e) {
                          throw new IllegalArgumentException("bad JSON", e);
                        }
                      }))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void withoutTimeOrWithoutConsentNothingIsOpened() throws Exception {
    Deadline over = Deadline.after(Duration.ZERO, Clock.systemUTC());
    Deadline cancelled = soon();
    cancelled.cancel();
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS)) {
      HttpCall call = HttpCall.get(server.uri("/"));
      assertThatThrownBy(() -> transport.exchange(call, over))
          .isInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(() -> transport.exchange(call, cancelled))
          .isInstanceOf(InterruptedIOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
      assertThat(server.visits()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HANGS", "HANGS_AFTER_HEADERS", "DRIPS", "SENDS_AN_ENDLESS_BODY"})
  void cancellingEndsItAtOnce(Misbehaviour misbehaviour) throws Exception {
    try (SocketServer server = SocketServer.http(misbehaviour)) {
      Deadline deadline = soon();
      CompletableFuture<Throwable> end =
          failing(
              () ->
                  transport.stream(
                      HttpCall.get(server.uri("/")), deadline, body -> body.transferTo(nowhere())));
      server.awaitVisit();

      Duration took = time(() -> cancelled(deadline, end));

      assertThat(took).isLessThan(SLACK);
      assertThat(end.get())
          .isInstanceOf(InterruptedIOException.class)
          .isNotInstanceOf(SocketTimeoutException.class)
          .hasMessage("The exchange with " + server.place() + " was cancelled");
    }
  }

  @Test
  void aConnectionThatNobodyTakesIsGivenUp() throws Exception {
    try (FullHouse house = new FullHouse();
        LocalTransport hasty = LocalTransport.open(Keys.of("", "200ms", "30s"))) {
      HttpCall call = HttpCall.get(URI.create("http://" + house.place() + "/"));
      assertThatThrownBy(() -> hasty.exchange(call, soon()))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage(house.place() + " did not accept a connection within 200 ms");

      Deadline deadline = soon();
      CompletableFuture<Throwable> end = failing(() -> transport.exchange(call, deadline));
      assertThat(time(() -> cancelled(deadline, end))).isLessThan(SLACK);
      assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
    }
  }

  @Test
  void aLookUpThatHangsIsGivenUp() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (LocalTransport lost =
        LocalTransport.open(
            Keys.of("", "10s", "200ms"),
            host -> {
              asked.countDown();
              await(over);
              return new InetAddress[0];
            })) {
      HttpCall call = HttpCall.get(URI.create("http://slow.example/"));
      Duration took =
          time(
              () ->
                  assertThatThrownBy(() -> lost.exchange(call, soon()))
                      .isInstanceOf(SocketTimeoutException.class));
      assertThat(took).isLessThan(Duration.ofMillis(200).plus(SLACK));
      assertThat(asked.getCount()).isZero();
    } finally {
      over.countDown();
    }
  }

  @Test
  void stoppingEndsWhatIsUnderWayAndLeavesNoThread() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS)) {
      HttpCall call = HttpCall.get(server.uri("/"));
      CompletableFuture<Throwable> end = failing(() -> transport.exchange(call, soon()));
      server.awaitVisit();
      assertThat(threads()).contains("candor-http-watch");

      Duration took = time(transport::close);

      assertThat(took).isLessThan(Duration.ofSeconds(1));
      assertThat(end.get(1, TimeUnit.SECONDS)).hasMessageContaining("HTTP is stopped here");
      Eventually.is(() -> threads().stream().noneMatch(name -> name.startsWith("candor-")));
      assertThatThrownBy(() -> transport.exchange(call, soon()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("HTTP is stopped here");
    }
  }

  @Test
  void aChangeIsObeyedAndABadValueIsNot() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS)) {
      HttpCall call = HttpCall.get(server.uri("/"));
      transport.modify(Keys.of("", "10s", "200ms"));
      transport.modify(Keys.of("", "soon", "at some time"));
      assertThatThrownBy(() -> transport.exchange(call, soon()))
          .hasMessageEndingWith("within 200 ms");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  private static void cancelled(Deadline deadline, CompletableFuture<Throwable> end)
      throws InterruptedException, ExecutionException {
    deadline.cancel();
    end.get();
  }

  private static CompletableFuture<Throwable> failing(Failing work) {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
                end.complete(new AssertionError("it did not fail"));
              } catch (Exception e) {
                end.complete(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return end;
  }

  /** A port on which the system lets no further connection in. */
  private static final class FullHouse implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> guests = new ArrayList<>();

    FullHouse() throws IOException {
      boolean room = true;
      while (room && guests.size() < 100) {
        Socket guest = new Socket();
        guests.add(guest);
        try {
          guest.connect(listener.getLocalSocketAddress(), 100);
        } catch (SocketTimeoutException e) {
          room = false;
        }
      }
    }

    String place() {
      return "127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      for (Socket guest : guests) {
        guest.close();
      }
      listener.close();
    }
  }
}
