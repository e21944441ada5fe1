package org.candor.sink.sentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.report.Field;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkState;
import org.candor.http.client.LocalTransport;
import org.candor.http.testing.Eventually;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class SentrySinkTest {

  @TempDir Path folder;

  private static final String ADVICE = "Set dsn or dsnFile in etc/org.candor.sink.sentry.cfg.";
  private static final String HEADER = "{\"event_id\":\"e1\",\"sdk\":{\"name\":\"s\"}}";
  private static final String REST =
      "{\"type\":\"event\",\"length\":24}\n{\"x\":\"ü\\u00fc\n\",\"n\":1.0e0}\n";

  private final LocalTransport http = LocalTransport.open();
  private final Ticking clock = new Ticking();

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void theTimeOfSendingStandsInTheHeaderAndNothingElseChanges() {
    Payload payload = sink("").encode(List.of(message(HEADER + "\n" + REST)));

    assertThat(payload.id()).isEqualTo("e1");
    assertThat(payload.mediaType()).isEqualTo("application/x-sentry-envelope");
    assertThat(payload.body().utf8())
        .isEqualTo(
            "{\"event_id\":\"e1\",\"sdk\":{\"name\":\"s\"},\"sent_at\":\"2026-11-21T12:00:00.123Z\"}\n"
                + REST);
  }

  @Test
  void whatIsNoTextStaysByteForByte() {
    byte[] odd = new byte[256];
    for (int i = 0; i < odd.length; i++) {
      odd[i] = (byte) i;
    }
    ByteArrayOutputStream envelope = new ByteArrayOutputStream();
    envelope.writeBytes("{}\n".getBytes(StandardCharsets.UTF_8));
    envelope.writeBytes(odd);

    byte[] body =
        sink("")
            .encode(List.of(new Message("e1", "crash", SentrySink.ENVELOPE, bytes(envelope))))
            .body()
            .toArray();

    assertThat(body)
        .endsWith(odd)
        .hasSize("{\"sent_at\":\"2026-11-21T12:00:00.123Z\"}\n".length() + 256);
  }

  @Test
  void everyAttemptHasATimeOfItsOwnUnderTheSameIdentity() throws Exception {
    try (SocketServer server = answering(503, "", "")) {
      SentrySink sink = sink(dsn(server));
      Message message = message(HEADER + "\n" + REST);
      Payload first = sink.encode(List.of(message));
      sink.send(first, soon());
      clock.now = clock.now.plusSeconds(90);
      Payload second = sink.encode(List.of(message));
      sink.send(second, soon());

      assertThat(second.id()).isEqualTo(first.id());
      assertThat(server.requests())
          .extracting(request -> new String(request.unzipped(), StandardCharsets.UTF_8))
          .satisfiesExactly(
              body -> assertThat(body).contains("\"sent_at\":\"2026-11-21T12:00:00.123Z\""),
              body -> assertThat(body).contains("\"sent_at\":\"2026-11-21T12:01:30.123Z\""));
    }
  }

  @Test
  void aTimeThatAlreadyStandsThereIsReplaced() {
    assertThat(
            sink("")
                .encode(List.of(message("{\"sent_at\":\"2020\",\"dsn\":\"<&>\"}")))
                .body()
                .utf8())
        .isEqualTo("{\"sent_at\":\"2026-11-21T12:00:00.123Z\",\"dsn\":\"<&>\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "[]\n", "null\n", "{\n}", "{\"a\":\n"})
  void whatIsNoEnvelopeIsNotEncoded(String body) {
    List<Message> batch = List.of(message(body));
    SentrySink sink = sink("");
    assertThatThrownBy(() -> sink.encode(batch)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEnvelopeGoesByItself() {
    SentrySink sink = sink("");
    Message message = message(HEADER + "\n" + REST);
    assertThat(sink.batchLimit()).isEqualTo(BatchLimit.ONE_MESSAGE);
    assertThatThrownBy(() -> sink.encode(List.of(message, message)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sink.encode(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatItAddsIsCatalogued() {
    assertThat(sink("").fields().fields()).extracting(Field::name).containsExactly("sent_at");
  }

  @Test
  void takesEnvelopesOnly() {
    assertThat(sink("").accepts("application/x-sentry-envelope")).isTrue();
    assertThat(sink("").accepts("application/json")).isFalse();
  }

  @Test
  void crashesAndDailyReportsAreLimitedApart() {
    SentrySink sink = sink("");
    assertThat(sink.category(named("crash"))).isEqualTo("error");
    assertThat(sink.category(named("inventory"))).isEqualTo("default");
  }

  @Test
  void sendsWhatSentryAsksFor() throws Exception {
    try (SocketServer server = answering(200, "", "{\"id\":\"e1\"}")) {
      SentrySink sink = sink("http://k3y:s3cret@" + server.place() + "/relay/42");
      Payload payload = sink.encode(List.of(message(HEADER + "\n" + REST)));

      Receipt receipt = sink.send(payload, soon());

      assertThat(receipt).isEqualTo(Receipt.delivered("HTTP 200: {\"id\":\"e1\"}"));
      Request request = server.requests().get(0);
      assertThat(request.line()).isEqualTo("POST /relay/api/42/envelope/ HTTP/1.1");
      assertThat(request.headers())
          .filteredOn(header -> !header.startsWith("Content-Length: "))
          .containsExactlyInAnyOrder(
              "Host: " + server.place(),
              "Content-Type: application/x-sentry-envelope",
              "Content-Encoding: gzip",
              "X-Sentry-Auth: Sentry sentry_version=7, sentry_client=candor/1.2.3, sentry_key=k3y",
              "Accept-Encoding: gzip",
              "Connection: close",
              "User-Agent: Candor");
      assertThat(request.unzipped()).isEqualTo(payload.body().toArray());
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
      Receipt receipt = sendTo(dsn(server));
      assertThat(receipt.outcome()).isEqualTo(outcome);
      assertThat(receipt.answer()).startsWith("HTTP " + status);
      assertThat(receipt.limits())
          .isEqualTo(status == 429 ? Map.of("", Duration.ofMinutes(1)) : Map.of());
    }
  }

  @Test
  void limitsComeWithAnAnswerThatTookTheEnvelopeAlso() throws Exception {
    String limits = "X-Sentry-Rate-Limits: 60:transaction:key, 2700:default;error:organization\r\n";
    try (SocketServer server = answering(200, limits, "")) {
      assertThat(sendTo(dsn(server)))
          .isEqualTo(
              Receipt.delivered("HTTP 200")
                  .limiting(
                      Map.of("default", Duration.ofMinutes(45), "error", Duration.ofMinutes(45))));
    }
  }

  @ParameterizedTest
  @CsvSource({"RESETS", "LEAVES", "LEAVES_HALF_WAY", "TALKS_GARBAGE"})
  void whatIsNoAnswerIsRetried(Misbehaviour misbehaviour) throws Exception {
    try (SocketServer server = SocketServer.http(misbehaviour)) {
      Receipt receipt = sendTo(dsn(server));
      assertThat(receipt.outcome()).isEqualTo(Outcome.RETRY);
      assertThat(receipt.answer()).contains(server.place()).doesNotContain("k3y");
      assertThat(receipt.limits()).isEmpty();
    }
  }

  @Test
  void withdrawingAbortsAtOnce() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS)) {
      SentrySink sink = sink(dsn(server));
      Payload payload = sink.encode(List.of(message(HEADER + "\n" + REST)));
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

      deadline.cancel();

      assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
    }
  }

  @Test
  void withoutADsnNothingIsSent() throws Exception {
    SentrySink sink = sink(" ");
    assertThat(sink.state()).isEqualTo(SinkState.unconfigured("", ADVICE));
    assertThat(sink.send(sink.encode(List.of(message("{}\n"))), soon()))
        .isEqualTo(Receipt.retry(ADVICE));
  }

  @Test
  void theStateNamesThePlaceWithoutTheKey() {
    SinkState state = sink("https://k3y:s3cret@host:8443/eu/42").state();
    assertThat(state.configured()).isTrue();
    assertThat(state.endpoint()).isEqualTo("https://host:8443/eu/api/42/envelope/");
  }

  @Test
  void theDestinationIsTheProjectsAddressAndADigestOfTheKey() {
    String destination = sink("https://k3y@host/eu/42").state().destination();
    assertThat(destination)
        .isEqualTo(
            "https://host/eu/api/42/envelope/, public key sha256:"
                + Bytes.utf8("k3y").sha256().substring(0, 16));
    assertThat(sink("https://k3y:s3cret@HOST:443/eu/42/").state().destination())
        .isEqualTo(destination);
    for (String other :
        List.of(
            "http://k3y@host/eu/42",
            "https://k3y@host:444/eu/42",
            "https://k3y@other/eu/42",
            "https://k3y@host/us/42",
            "https://k3y@host/eu/43",
            "https://key@host/eu/42")) {
      assertThat(sink(other).state().destination()).isNotEqualTo(destination);
    }
  }

  @Test
  void aBadDsnIsNoneAtFirstAndThenChangesNothingButAnEmptyOneDoes() {
    SentrySink sink = sink("https://k3y@host");
    assertThat(sink.state()).isEqualTo(SinkState.unconfigured("", ADVICE));

    sink.modified(new Keys("https://k3y@host/1"));
    sink.modified(new Keys("https://other@host"));
    assertThat(sink.state().endpoint()).isEqualTo("https://host/api/1/envelope/");

    sink.modified(new Keys(""));
    assertThat(sink.state()).isEqualTo(SinkState.unconfigured("", ADVICE));
  }

  @Test
  void theKeyShowsUpNowhere() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    String shown;
    try (SocketServer server = answering(401, "", "who are you?")) {
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      SentrySink sink = sink("k3y");
      sink.modified(new Keys("https:/k3y:s3cret@host/1"));
      sink.modified(new Keys(dsn(server)));
      sink.modified(new Keys("https://k3y:s3cret@host"));
      Payload payload = sink.encode(List.of(message(HEADER + "\n" + REST)));
      shown = sink.send(payload, soon()) + " " + sink.state() + payload.body().utf8();
    } finally {
      System.setErr(before);
    }
    assertThat(shown).doesNotContain("k3y", "s3cret");
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains(
            "etc/org.candor.sink.sentry.cfg: dsn = *** is refused; allowed is"
                + " https://KEY@HOST/PROJECT",
            "dsn = ***@host/1 is refused",
            "dsn = ***@host is refused",
            "It stays ***@127.0.0.1:")
        .doesNotContain("k3y", "s3cret");
  }

  @Test
  void theDsnOfAFileIsUsedAndFollowedAndShowsUpNowhere() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    String shown;
    Path file = folder.toRealPath().resolve("dsn");
    try (SocketServer server = answering(200, "", "{}")) {
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      SentrySink sink = new SentrySink(http, "1.2.3", new Keys("", file.toString()), clock);
      String where = "dsnFile = " + file + " in etc/org.candor.sink.sentry.cfg ";
      Eventually.is(() -> sink.state().advice().equals(where + "does not exist."));
      Files.writeString(file, "https://k3y:s3cret@host\n");
      Eventually.is(() -> sink.state().advice().startsWith(where + "does not hold https://KEY@"));
      Payload payload = sink.encode(List.of(message(HEADER + "\n" + REST)));
      shown = sink.send(payload, soon()) + " " + sink.state() + sink.problems();
      assertThat(server.visits()).isZero();

      Files.writeString(file, dsn(server) + "\n");
      Eventually.is(() -> sink.state().configured());
      assertThat(sink.problems()).isEmpty();
      assertThat(sink.send(payload, soon()).outcome()).isEqualTo(Outcome.DELIVERED);
      assertThat(server.requests().get(0).header("X-Sentry-Auth")).contains("sentry_key=k3y");
      shown += sink.state();

      sink.modified(new Keys(dsn(server), file.toString()));
      assertThat(sink.state().configured()).isFalse();
      shown += sink.state() + " " + sink.problems();
      sink.deactivate();
    } finally {
      System.setErr(before);
    }
    assertThat(shown + log.toString(StandardCharsets.UTF_8)).doesNotContain("k3y", "s3cret");
  }

  private Receipt sendTo(String dsn) throws IOException {
    SentrySink sink = sink(dsn);
    return sink.send(sink.encode(List.of(message(HEADER + "\n" + REST))), soon());
  }

  private SentrySink sink(String dsn) {
    return new SentrySink(http, "1.2.3", new Keys(dsn), clock);
  }

  private static String dsn(SocketServer server) {
    return "http://k3y:s3cret@" + server.place() + "/1";
  }

  private static SocketServer answering(int status, String headers, String body)
      throws IOException {
    return SocketServer.http(
        visit -> {
          visit.read();
          visit.answer(status, headers, body);
        });
  }

  private static Message message(String body) {
    return new Message("e1", "crash", SentrySink.ENVELOPE, Bytes.utf8(body));
  }

  private static Message named(String name) {
    return new Message("e1", name, SentrySink.ENVELOPE, Bytes.utf8("{}\n"));
  }

  private static Bytes bytes(ByteArrayOutputStream bytes) {
    return Bytes.copyOf(bytes.toByteArray());
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
  }

  /** Stands still until it is moved. */
  private static final class Ticking extends Clock {

    private Instant now = Instant.parse("2026-11-21T12:00:00.123456Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** What stands in the configuration file. */
  private record Keys(String dsn, String dsnFile) implements Config {

    Keys(String dsn) {
      this(dsn, "");
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return Config.class;
    }
  }
}
