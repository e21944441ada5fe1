package org.candor.sink.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.report.Message;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkState;
import org.candor.http.HttpCall;
import org.candor.http.client.LocalTransport;
import org.candor.http.testing.Eventually;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class SegmentSinkTest {

  private static final Duration SLACK = Duration.ofMillis(200);
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00.123456Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private final LocalTransport http = LocalTransport.open();

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
    http.close();
  }

  @Test
  void aBatchHoldsTheMessagesByteForByte() {
    String odd = "{ \"type\" :\"track\",\n \"properties\":{\"x\":1.0e0,\"ü\":\"\\u00fc\"} }";
    Payload payload =
        sink("http://127.0.0.1:1", "k").encode(List.of(message("a", odd), message("b", "{}")));

    assertThat(payload.mediaType()).isEqualTo("application/json");
    assertThat(payload.body().utf8())
        .isEqualTo(
            "{\"batch\":["
                + odd
                + ",{}],\"messageId\":\""
                + payload.id()
                + "\",\"sentAt\":\"2026-11-21T12:00:00.123Z\","
                + "\"context\":{\"library\":{\"name\":\"candor\",\"version\":\"1.2.3\"}}}");
  }

  @Test
  void theSameMessagesKeepTheSameIdentity() {
    SegmentSink sink = sink("http://127.0.0.1:1", "k");
    List<Message> batch = List.of(message("a", "{}"), message("b", "{}"));

    Payload first = sink.encode(batch);
    Payload again = sink("http://127.0.0.1:2", "other").encode(batch);

    assertThat(UUID.fromString(first.id())).isNotNull();
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(sink.encode(List.of(message("a", "{}"))).id()).isNotEqualTo(first.id());
    assertThat(sink.encode(List.of(message("b", "{}"), message("a", "{}"))).id())
        .isNotEqualTo(first.id());
  }

  @Test
  void everythingAroundTheMessagesIsCatalogued() {
    SegmentSink sink = sink("http://127.0.0.1:1", "k");
    JsonObject body =
        JsonParser.parseString(sink.encode(List.of(message("a", "{}"))).body().utf8())
            .getAsJsonObject();
    body.remove("batch");

    List<String> emitted = leaves("", body);

    assertThat(emitted)
        .containsExactlyInAnyOrderElementsOf(
            sink.fields().fields().stream().map(field -> field.name()).toList());
  }

  @Test
  void theBodyOfAFullBatchStaysWithinSegmentsLimit() {
    SegmentSink sink = sink("http://127.0.0.1:1", "k");
    List<List<Message>> batches =
        split(IntStream.range(0, 600).mapToObj(i -> message("m" + i, sized(1024))), sink);

    assertThat(batches).hasSize(2);
    assertThat(batches)
        .allSatisfy(batch -> assertThat(sink.encode(batch).body().size()).isLessThan(500_000));
    assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(600);
  }

  @Test
  void manySmallMessagesStayWithinItToo() {
    SegmentSink sink = sink("http://127.0.0.1:1", "k");
    List<List<Message>> batches =
        split(IntStream.range(0, 5000).mapToObj(i -> message("m" + i, sized(198))), sink);

    assertThat(batches.get(0)).hasSize(2500);
    assertThat(sink.encode(batches.get(0)).body().size()).isBetween(495_000, 500_000);
  }

  @Test
  void sendsWhatSegmentsLibrariesSend() throws Exception {
    try (SocketServer server = answering(200, "", "{\"success\": true}")) {
      SegmentSink sink = sink(server.uri("").toString(), "write-key", "false");
      Payload payload = sink.encode(List.of(message("a", "{\"type\":\"track\"}")));

      Receipt receipt = sink.send(payload, soon());

      assertThat(receipt).isEqualTo(Receipt.delivered("HTTP 200: {\"success\": true}"));
      Request request = server.requests().get(0);
      assertThat(request.line()).isEqualTo("POST /v1/batch HTTP/1.1");
      assertThat(request.headers())
          .containsExactlyInAnyOrder(
              "Host: " + server.place(),
              "Content-Type: application/json",
              "Authorization: Basic d3JpdGUta2V5Og==",
              "Content-Length: " + payload.body().size(),
              "Accept-Encoding: gzip",
              "Connection: close",
              "User-Agent: Candor");
      assertThat(request.body()).isEqualTo(payload.body().toArray());
    }
  }

  @Test
  void compressesUnlessToldNotTo() throws Exception {
    try (SocketServer server = answering(200, "", "")) {
      SegmentSink sink = sink(server.uri("").toString(), "write-key");
      Payload payload = sink.encode(List.of(message("a", sized(5000))));

      sink.send(payload, soon());

      Request request = server.requests().get(0);
      assertThat(request.header("Content-Encoding")).isEqualTo("gzip");
      assertThat(request.header("Content-Type")).isEqualTo("application/json");
      assertThat(request.body()).hasSizeLessThan(500);
      assertThat(request.unzipped()).isEqualTo(payload.body().toArray());
    }
  }

  @ParameterizedTest
  @CsvSource({"'', /v1/batch", "/, /v1/batch", "/relay, /relay/v1/batch", "/a/b//, /a/b/v1/batch"})
  void theEndpointMayHaveAPath(String path, String target) throws Exception {
    try (SocketServer server = answering(200, "", "")) {
      SegmentSink sink = sink(server.uri(path).toString(), "k");

      sink.send(sink.encode(List.of(message("a", "{}"))), soon());

      assertThat(server.requests().get(0).line()).isEqualTo("POST " + target + " HTTP/1.1");
      assertThat(sink.state().endpoint()).doesNotEndWith("/");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, DELIVERED",
    "301, RETRY",
    "400, REFUSED",
    "401, REFUSED",
    "403, REFUSED",
    "404, REFUSED",
    "408, RETRY",
    "413, REFUSED",
    "429, RETRY",
    "500, RETRY",
    "503, RETRY"
  })
  void theStatusDecides(int status, Outcome outcome) throws Exception {
    try (SocketServer server = answering(status, "", "said so")) {
      Receipt receipt = sendTo(server.uri("").toString());
      assertThat(receipt.outcome()).isEqualTo(outcome);
      assertThat(receipt.answer()).startsWith("HTTP " + status);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void retryAfterIsPassedOn() throws Exception {
    try (SocketServer server = answering(429, "Retry-After: 30\r\n", "slow down")) {
      assertThat(sendTo(server.uri("").toString()))
          .isEqualTo(Receipt.retry("HTTP 429: slow down").pausing(Duration.ofSeconds(30)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RESETS, broke off the connection",
    "LEAVES, closed the connection without an answer",
    "LEAVES_HALF_WAY, closed the connection in the middle",
    "TALKS_GARBAGE, something that is not HTTP",
    "SENDS_AN_ENDLESS_HEADER, more headers than allowed"
  })
  void whatIsNoAnswerIsRetried(Misbehaviour misbehaviour, String why) throws Exception {
    try (SocketServer server = SocketServer.http(misbehaviour)) {
      Receipt receipt = sendTo(server.uri("").toString());
      assertThat(receipt.outcome()).isEqualTo(Outcome.RETRY);
      assertThat(receipt.answer()).contains(server.place(), why);
      assertThat(server.visits()).isEqualTo(1);
    }
  }

  @Test
  void nobodyThereIsRetried() throws Exception {
    // Bound, so that no other process gets the port, and not listening.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String place = "127.0.0.1:" + taken.getLocalPort();
      assertThat(sendTo("http://" + place))
          .isEqualTo(Receipt.retry(place + " refused the connection"));
    }
  }

  @Test
  void theDeadlineIsObeyed() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS)) {
      SegmentSink sink = sink(server.uri("").toString(), "k");
      Payload payload = sink.encode(List.of(message("a", "{}")));
      long start = System.nanoTime();

      Receipt receipt =
          sink.send(payload, Deadline.after(Duration.ofMillis(300), Clock.systemUTC()));

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(Duration.ofMillis(300).plus(SLACK));
      assertThat(receipt.outcome()).isEqualTo(Outcome.RETRY);
      assertThat(receipt.answer()).startsWith(server.place() + " did not finish its answer within");
    }
  }

  @Test
  void withdrawingAbortsAtOnce() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS)) {
      SegmentSink sink = sink(server.uri("").toString(), "k");
      Payload payload = sink.encode(List.of(message("a", "{}")));
      Deadline deadline = soon();
      CompletableFuture<Exception> end = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  sink.send(payload, deadline);
                } catch (IOException e) {
                  end.complete(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
      server.awaitVisit();
      long start = System.nanoTime();

      deadline.cancel();

      assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SLACK);
    }
  }

  @Test
  void withoutAWriteKeyNothingIsSent() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS)) {
      String endpoint = server.uri("").toString();
      SegmentSink sink = sink(endpoint, " ");
      String advice = "Set writeKey or writeKeyFile in etc/org.candor.sink.segment.cfg.";

      assertThat(sink.state()).isEqualTo(SinkState.unconfigured(endpoint, advice));
      assertThat(sink.send(sink.encode(List.of(message("a", "{}"))), soon()))
          .isEqualTo(Receipt.retry(advice));
      assertThat(server.visits()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.segment.io",
        "ftp://api.segment.io",
        "https://user:secret@api.segment.io",
        "https://api.segment.io/?a=b",
        "https://api.segment.io/#a"
      })
  void aBadEndpointIsNoEndpointAtFirstAndThenChangesNothing(String bad) {
    SegmentSink sink = sink(bad, "k");
    assertThat(sink.state())
        .isEqualTo(SinkState.unconfigured("", "Set endpoint in etc/org.candor.sink.segment.cfg."));

    sink.modified(new Keys("https://relay.example/", "k", "true"));
    sink.modified(new Keys(bad, "k", "true"));
    assertThat(sink.state().configured()).isTrue();
    assertThat(sink.state().endpoint()).isEqualTo("https://relay.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://Relay.example/a/", "https://relay.example:443/a"})
  void theDestinationIsTheAddressHoweverSpelledAndADigestOfTheKey(String endpoint) {
    String destination = sink(endpoint, "s3cret").state().destination();
    assertThat(destination)
        .isEqualTo("https://relay.example/a, write key sha256:" + digest("s3cret"));
    for (String other :
        List.of(
            "http://relay.example/a",
            "https://relay.example:444/a",
            "https://other.example/a",
            "https://relay.example/b")) {
      assertThat(sink(other, "s3cret").state().destination()).isNotEqualTo(destination);
    }
    assertThat(sink(endpoint, "other").state().destination()).isNotEqualTo(destination);
    assertThat(sink(endpoint, "").state().destination()).isEmpty();
  }

  private static String digest(String key) {
    return Bytes.utf8(key).sha256().substring(0, 16);
  }

  @Test
  void aWriteKeyThatIsNoUserIsNoKey() {
    SinkState none =
        SinkState.unconfigured(
            "https://relay.example",
            "Set writeKey or writeKeyFile in etc/org.candor.sink.segment.cfg.");
    assertThat(sink("https://relay.example", "ab:cd").state()).isEqualTo(none);
  }

  @Test
  void theWriteKeyOfAFileIsSentAndFollowedAndShowsUpNowhere() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Path file = Files.writeString(folder.toRealPath().resolve("key"), "s3cret\n");
    try (SocketServer server = answering(200, "", "{}")) {
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      String endpoint = server.uri("").toString();
      Keys keys = new Keys(endpoint, "", file.toString(), "true");
      SegmentSink sink = new SegmentSink(http, "1.2.3", keys, NOON);
      Payload payload = sink.encode(List.of(message("a", "{}")));

      assertThat(sink.state().destination()).endsWith("sha256:" + digest("s3cret"));
      assertThat(sink.send(payload, soon()).outcome()).isEqualTo(Outcome.DELIVERED);
      assertThat(server.requests().get(0).header("Authorization"))
          .isEqualTo("Basic " + base64("s3cret:"));

      Files.writeString(file, "s3cret-of-tomorrow");
      Eventually.is(
          () -> sink.state().destination().endsWith("sha256:" + digest("s3cret-of-tomorrow")));
      assertThat(sink.send(payload, soon()).outcome()).isEqualTo(Outcome.DELIVERED);
      assertThat(server.requests().get(1).header("Authorization"))
          .isEqualTo("Basic " + base64("s3cret-of-tomorrow:"));

      Files.delete(file);
      String advice =
          "writeKeyFile = " + file + " in etc/org.candor.sink.segment.cfg does not exist.";
      Eventually.is(() -> sink.state().equals(SinkState.unconfigured(endpoint, advice)));
      assertThat(sink.send(payload, soon())).isEqualTo(Receipt.retry(advice));
      assertThat(sink.problems())
          .extracting(ConfigurationProblem::key)
          .containsExactly("writeKeyFile");

      sink.modified(new Keys(endpoint, "s3cret", file.toString(), "true"));
      assertThat(sink.state().advice())
          .isEqualTo(
              "Leave writeKey or writeKeyFile empty in etc/org.candor.sink.segment.cfg: both are"
                  + " set.");
      assertThat(server.visits()).isEqualTo(2);
      sink.deactivate();
      assertThat(sink.state() + " " + sink.problems() + payload.body().utf8())
          .doesNotContain("s3cret", "czNjcmV0");
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("s3cret", "czNjcmV0");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void takesSegmentMessagesOnly() {
    SegmentSink sink = sink("http://127.0.0.1:1", "k");
    assertThat(sink.accepts("application/vnd.candor.segment-message+json")).isTrue();
    assertThat(sink.accepts("application/json")).isFalse();
  }

  @Test
  void theWriteKeyShowsUpNowhere() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (SocketServer server = answering(401, "", "who are you?")) {
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      SegmentSink sink = sink(server.uri("").toString(), "s3cret");
      Payload payload = sink.encode(List.of(message("a", "{}")));
      sink.modified(new Keys("nonsense", "s3cret:s3cret", "perhaps"));
      Receipt receipt = sink.send(payload, soon());

      assertThat(receipt + " " + sink.state() + payload.body().utf8())
          .doesNotContain("s3cret", "czNjcmV0");
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("endpoint = nonsense is refused", "gzip = perhaps is refused")
        .contains("writeKey = *** is refused; allowed is a key without a colon. It stays ***.")
        .doesNotContain("s3cret", "czNjcmV0");
  }

  private Receipt sendTo(String endpoint) throws IOException {
    SegmentSink sink = sink(endpoint, "k");
    return sink.send(sink.encode(List.of(message("a", "{}"))), soon());
  }

  private SegmentSink sink(String endpoint, String writeKey) {
    return sink(endpoint, writeKey, "true");
  }

  private SegmentSink sink(String endpoint, String writeKey, String gzip) {
    return new SegmentSink(http, "1.2.3", new Keys(endpoint, writeKey, gzip), NOON);
  }

  private static SocketServer answering(int status, String headers, String body)
      throws IOException {
    return SocketServer.http(
        visit -> {
          visit.read();
          visit.answer(status, headers, body);
        });
  }

  private static Message message(String id, String body) {
    return new Message(id, "health", SegmentSink.MESSAGE, Bytes.utf8(body));
  }

  private static String sized(int bytes) {
    return "{\"x\":\"" + "x".repeat(bytes - 8) + "\"}";
  }

  private static List<List<Message>> split(
      java.util.stream.Stream<Message> messages, SegmentSink sink) {
    BatchLimit limit = sink.batchLimit();
    List<List<Message>> batches = new ArrayList<>(List.of(new ArrayList<>()));
    for (Message message : messages.toList()) {
      List<Message> last = batches.get(batches.size() - 1);
      int bytes = last.stream().mapToInt(earlier -> earlier.body().size()).sum();
      if (last.size() == limit.messages() || bytes + message.body().size() > limit.bytes()) {
        last = new ArrayList<>();
        batches.add(last);
      }
      last.add(message);
    }
    return batches;
  }

  private static List<String> leaves(String path, JsonElement element) {
    if (!element.isJsonObject()) {
      return List.of(path);
    }
    return element.getAsJsonObject().entrySet().stream()
        .flatMap(
            entry ->
                leaves(
                    path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue())
                    .stream())
        .toList();
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
  }

  /** What stands in the configuration file. */
  private record Keys(String endpoint, String writeKey, String writeKeyFile, String gzip)
      implements Config {

    Keys(String endpoint, String writeKey, String gzip) {
      this(endpoint, writeKey, "", gzip);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return Config.class;
    }
  }
}
