package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpStatusException;
import org.candor.http.client.LocalTransport.Keys;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class ClassicTransportTest {

  private static final Duration SLACK = Duration.ofMillis(200);

  private final LocalTransport transport = LocalTransport.open();

  /** Loads the classes, so that no test of time measures that. */
  @BeforeAll
  static void warmUp() throws Exception {
    try (SocketServer server = answering(200, "", "");
        LocalTransport first = LocalTransport.open()) {
      first.exchange(HttpCall.get(server.uri("/")), soon());
    }
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void sendsWhatItWasGivenAndNothingThatTellsOfThisMachine() throws Exception {
    try (SocketServer server = answering(200, "", "ok")) {
      HttpCall call =
          HttpCall.post(server.uri("/v1/batch?a=b%20c"), "application/json", Bytes.utf8("{}"))
              .with("Authorization", "Basic a2V5Og==");

      HttpAnswer answer = transport.exchange(call, soon());

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().utf8()).isEqualTo("ok");
      Request request = server.requests().get(0);
      assertThat(request.line()).isEqualTo("POST /v1/batch?a=b%20c HTTP/1.1");
      assertThat(request.headers())
          .containsExactlyInAnyOrder(
              "Content-Type: application/json",
              "Authorization: Basic a2V5Og==",
              "Accept-Encoding: gzip",
              "Connection: close",
              "User-Agent: Candor",
              "Content-Length: 2",
              "Host: " + server.place());
      assertThat(request.body()).asString().isEqualTo("{}");
    }
  }

  @Test
  void compressesTheBodyWhenAsked() throws Exception {
    Bytes body = Bytes.utf8("x".repeat(100_000));
    try (SocketServer server = answering(200, "", "")) {
      transport.exchange(HttpCall.post(server.uri("/"), "text/plain", body).gzipped(), soon());

      Request request = server.requests().get(0);
      assertThat(request.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(request.body()).hasSizeLessThan(1000);
      assertThat(request.unzipped()).isEqualTo(body.toArray());
    }
  }

  @ParameterizedTest
  @CsvSource({"gzip", "x-gzip", "GZIP"})
  void decodesACompressedAnswer(String coding) throws Exception {
    String headers = "Content-Encoding: " + coding + "\r\nX-Two: a\r\nx-two: b\r\n";
    try (SocketServer server =
        SocketServer.http(
            visit -> {
              visit.read();
              visit.answer(200, headers, gzip("hello"));
            })) {
      HttpAnswer answer = transport.exchange(HttpCall.get(server.uri("/")), soon());

      assertThat(answer.body().utf8()).isEqualTo("hello");
      assertThat(answer.headers().get("x-two")).containsExactly("a", "b");
    }
  }

  @Test
  void anEmptyBodyNeedsNoEncoding() throws Exception {
    try (SocketServer server = answering(200, "Content-Encoding: gzip\r\n", "")) {
      assertThat(transport.exchange(HttpCall.get(server.uri("/")), soon()).body().size()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"204", "302", "401", "407", "413", "500"})
  void handsOnEveryStatusAndDoesNothingAboutItByItself(int status) throws Exception {
    String headers =
        "Location: /elsewhere\r\nSet-Cookie: a=b\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
            + "Proxy-Authenticate: Basic realm=\"x\"\r\nRetry-After: 0\r\n";
    try (SocketServer server = answering(status, headers, "")) {
      for (int i = 0; i < 2; i++) {
        HttpCall call = HttpCall.get(server.uri("/"));
        assertThat(transport.exchange(call, soon()).status()).isEqualTo(status);
      }
      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().get(1).header("Cookie")).isEmpty();
    }
  }

  @Test
  void streamsABodyThatIsLargerThanMemoryShouldHold() throws Exception {
    long chunks = 2000;
    try (SocketServer server =
        SocketServer.http(
            visit -> {
              visit.read();
              visit.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              for (long i = 0; i < chunks; i++) {
                visit.write("2000\r\n" + "x".repeat(8192) + "\r\n");
              }
              visit.write("0\r\n\r\n");
            })) {
      long count =
          transport.stream(
              HttpCall.get(server.uri("/")), soon(), body -> body.transferTo(nowhere()));
      assertThat(count).isEqualTo(chunks * 8192);
    }
  }

  @Test
  void aStreamThatIsRefusedSaysWhatTheServerSaid() throws Exception {
    try (SocketServer server = answering(503, "", "out of\norder")) {
      assertThatThrownBy(
              () -> transport.stream(HttpCall.get(server.uri("/")), soon(), InputStream::read))
          .isInstanceOfSatisfying(
              HttpStatusException.class, e -> assertThat(e.status()).isEqualTo(503))
          .hasMessage(server.place() + " answered 503: out of order");
    }
  }

  @Test
  void aReaderMayStopInTheMiddleAndItsOwnExceptionsAreItsOwn() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.SENDS_AN_ENDLESS_BODY)) {
      HttpCall call = HttpCall.get(server.uri("/"));
      assertThat(transport.<Integer>stream(call, soon(), InputStream::read)).isEqualTo('x');
      assertThatThrownBy(
              () ->
                  transport.stream(
                      call,
                      soon(),
                      body -> {
                        throw new IllegalStateException("mine");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("mine");
    }
  }

  @Test
  void anEndlessAnswerIsCut() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.SENDS_AN_ENDLESS_BODY)) {
      HttpCall call = HttpCall.get(server.uri("/"));
      Duration took =
          time(
              () ->
                  assertThat(transport.exchange(call, soon()).body().size())
                      .isEqualTo(HttpAnswer.BODY_LIMIT));
      assertThat(took).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void aGzipBombIsCut() throws Exception {
    byte[] bomb = gzip("x".repeat(20_000_000));
    try (SocketServer server =
        SocketServer.http(
            visit -> {
              visit.read();
              visit.answer(200, "Content-Encoding: gzip\r\n", bomb);
            })) {
      HttpAnswer answer = transport.exchange(HttpCall.get(server.uri("/")), soon());
      assertThat(answer.body().size()).isEqualTo(HttpAnswer.BODY_LIMIT);
    }
  }

  @Test
  void anAnswerThatComesWhileTheRequestIsRefusedHalfWayCounts() throws Exception {
    try (SocketServer server =
        SocketServer.http(
            visit -> {
              visit.head();
              visit.answer(413, "", "too large");
            })) {
      Bytes body = Bytes.copyOf(new byte[8_000_000]);
      HttpAnswer answer =
          transport.exchange(HttpCall.post(server.uri("/"), "text/plain", body), soon());
      assertThat(answer.status()).isEqualTo(413);
    }
  }

  @Test
  void leavesTheServerInOrder() throws Exception {
    try (SocketServer server =
        SocketServer.http(
            visit -> {
              visit.read();
              visit.answer(200, "", "ok");
              visit.untilLeft();
            })) {
      transport.exchange(HttpCall.get(server.uri("/")), soon());
      assertThat(server.awaitLeft()).isTrue();
      assertThat(server.leftOrderly()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LEAVES, closed the connection without an answer",
    "LEAVES_HALF_WAY, closed the connection in the middle of its answer",
    "LEAVES_IN_A_CHUNK, closed the connection in the middle of its answer",
    "RESETS, broke the connection off",
    "RESETS_HALF_WAY, broke the connection off",
    "TALKS_GARBAGE, answered with something that is no HTTP",
    "SENDS_AN_ENDLESS_HEADER, sent more headers than fit",
    "SENDS_ENDLESS_HEADERS, sent more headers than fit",
    "SENDS_ENDLESS_LINES, sent more headers than fit",
    "SENDS_NO_GZIP, sent a body that is no gzip",
    "SENDS_ANOTHER_ENCODING, 'encoded as br'"
  })
  void whatIsNoAnswerIsExplained(Misbehaviour misbehaviour, String why) throws Exception {
    try (SocketServer server = SocketServer.http(misbehaviour)) {
      assertThatThrownBy(() -> transport.exchange(HttpCall.get(server.uri("/")), soon()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(InterruptedIOException.class)
          .hasMessageStartingWith(server.place() + " ")
          .hasMessageContaining(why);
    }
  }

  @Test
  void aReaderSeesTheSameExplanation() throws Exception {
    List<IOException> seen = new ArrayList<>();
    try (SocketServer server = SocketServer.http(Misbehaviour.LEAVES_HALF_WAY)) {
      assertThatThrownBy(
              () ->
                  transport.stream(
                      HttpCall.get(server.uri("/")),
                      soon(),
                      body -> {
                        try {
                          return body.readAllBytes();
                        } catch (IOException e) {
                          seen.add(e);
                          throw e;
                        }
                      }))
          .isSameAs(seen.get(0))
          .hasMessageStartingWith(server.place() + " closed the connection in the middle");
    }
  }

  @Test
  void nobodyListens() throws Exception {
    // Bound, so that no other process gets the port, and not listening.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI target = URI.create("http://127.0.0.1:" + taken.getLocalPort());
      assertThatThrownBy(() -> transport.exchange(HttpCall.get(target), soon()))
          .isInstanceOf(ConnectException.class)
          .hasMessage(target.getAuthority() + " refused the connection");
    }
  }

  @Test
  void aNameWithoutAddress() {
    try (LocalTransport lost =
        LocalTransport.open(
            Keys.of("", "1s", "5s"),
            host -> {
              throw new UnknownHostException(host);
            })) {
      assertThatThrownBy(
              () -> lost.exchange(HttpCall.get(URI.create("http://no.example/")), soon()))
          .isInstanceOf(UnknownHostException.class)
          .hasMessage("No address is known for no.example");
    }
  }

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
          .hasMessage("The exchange with " + server.place() + " was called off");
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
  void aLineThatIsDownAsksForNoName() {
    List<String> asked = new ArrayList<>();
    Line line = new Line();
    line.cut(Line.Cut.CANCELLED);
    Names names =
        new Names(
            host -> {
              asked.add(host);
              return new InetAddress[0];
            },
            line);
    assertThatThrownBy(() -> names.resolve("some.example"))
        .isInstanceOf(UnknownHostException.class);
    assertThat(asked).isEmpty();
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
      await(() -> threads().stream().noneMatch(name -> name.startsWith("candor-")));
      assertThatThrownBy(() -> transport.exchange(call, soon()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("HTTP is stopped here");
    }
  }

  @Test
  void whatTheWholeJvmSaysOfProxiesIsNotAsked() throws Exception {
    String port = Integer.toString(freePort());
    List<String> keys = List.of("http.proxy", "https.proxy", "socksProxy");
    try (SocketServer server = answering(200, "", "straight")) {
      for (String key : keys) {
        System.setProperty(key + "Host", "127.0.0.1");
        System.setProperty(key + "Port", port);
      }
      // Without these the loopback address is never proxied.
      System.setProperty("http.nonProxyHosts", "");
      System.setProperty("socksNonProxyHosts", "");
      assertThat(transport.exchange(HttpCall.get(server.uri("/")), soon()).body().utf8())
          .isEqualTo("straight");
    } finally {
      System.clearProperty("http.nonProxyHosts");
      System.clearProperty("socksNonProxyHosts");
      for (String key : keys) {
        System.clearProperty(key + "Host");
        System.clearProperty(key + "Port");
      }
    }
  }

  @Test
  void theMostTalkativeLogShowsNoCredential() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (SocketServer server = answering(200, "", "")) {
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      HttpCall call =
          HttpCall.post(server.uri("/"), "text/plain", Bytes.utf8("the body"))
              .with("Authorization", "Basic c2VjcmV0");
      transport.exchange(call, soon());
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("DEBUG org.apache.hc.client5")
        .doesNotContain("c2VjcmV0", "the body");
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

  private static SocketServer answering(int status, String headers, String body)
      throws IOException {
    return SocketServer.http(
        visit -> {
          visit.read();
          visit.answer(status, headers, body);
        });
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
  }

  private static java.io.OutputStream nowhere() {
    return java.io.OutputStream.nullOutputStream();
  }

  private static void await(BooleanSupplier state) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (!state.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return zipped.toByteArray();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
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

  private static Duration time(Failing work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @FunctionalInterface
  private interface Failing {
    void run() throws Exception;
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
