package org.candor.sink.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.report.Message;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkState;
import org.candor.http.client.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class DnsSinkTest {

  private static final Duration SLACK = Duration.ofMillis(300);

  private final LocalTransport http = LocalTransport.open();
  private final Sinks sinks = Sinks.with(http);

  /** Loads the classes, so that no test of time measures that. */
  @BeforeAll
  static void warmUp() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"));
        LocalTransport http = LocalTransport.open()) {
      Sinks.ask(Sinks.with(http).of(server.place()));
    }
  }

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void thePayloadIsTheQuestionAsPeopleReadIt() {
    Message message = Sinks.message("node.cluster.v1");
    Payload payload = sinks.of("Updates.Example.COM.", "127.0.0.1:1").encode(List.of(message));

    assertThat(payload.body().utf8()).isEqualTo("node.cluster.v1.updates.example.com. IN TXT");
    assertThat(payload.id()).isEqualTo(message.id());
    assertThat(sinks.of("", "").encode(List.of(message)).body().utf8())
        .isEqualTo("node.cluster.v1.zone-is-not-set.invalid. IN TXT");
  }

  @Test
  void takesQuestionsOnly() {
    DnsSink sink = sinks.of("");
    assertThat(sink.accepts("application/vnd.candor.dns-question")).isTrue();
    assertThat(sink.accepts("application/json")).isFalse();
  }

  @Test
  void aResolverMayHaveAName() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"))) {
      Addresses.LookUp lookUp =
          host -> {
            assertThat(host).isEqualTo("ns.example");
            return new InetAddress[] {server.address().getAddress()};
          };
      DnsSink sink = sinks.lookingUp(lookUp).of("ns.example:" + server.address().getPort());
      assertThat(Sinks.ask(sink).outcome()).isEqualTo(Outcome.DELIVERED);
    }
  }

  @Test
  void aNameOfAResolverThatNobodyKnows() throws Exception {
    Addresses.LookUp lookUp =
        host -> {
          throw new UnknownHostException(host);
        };
    assertThat(Sinks.ask(sinks.lookingUp(lookUp).of("ns.example")))
        .isEqualTo(Receipt.retry("no address is known for the resolver ns.example"));
  }

  @Test
  void theSystemsResolversAreReadAtEachQuestion() throws Exception {
    try (FakeNameServer first = FakeNameServer.on(Answers.texts("1"));
        FakeNameServer second = FakeNameServer.on(Answers.texts("2"))) {
      List<InetSocketAddress> system = new ArrayList<>();
      DnsSink sink = sinks.naming(system).of("");
      assertThat(Sinks.ask(sink))
          .isEqualTo(
              Receipt.retry(
                  "The system names no resolver; set resolver in etc/org.candor.sink.dns.cfg"));
      system.add(first.address());
      assertThat(Sinks.ask(sink).reply()).contains(Bytes.utf8("[[\"1\"]]"));
      system.set(0, second.address());
      assertThat(Sinks.ask(sink).reply()).contains(Bytes.utf8("[[\"2\"]]"));
    }
  }

  @Test
  void theDeadlineIsObeyed() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.silence())) {
      DnsSink sink = sinks.of(server.place());
      long start = System.nanoTime();
      Receipt receipt =
          Sinks.ask(
              sink, "node.cluster.v1", Deadline.after(Duration.ofMillis(200), Clock.systemUTC()));
      assertThat(since(start)).isLessThan(Duration.ofMillis(200).plus(SLACK));
      assertThat(receipt.outcome()).isEqualTo(Outcome.RETRY);
      assertThat(receipt.answer()).startsWith(server.place() + " does not answer within ");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancellingAbortsAtOnceAndAsksNobodyElse(boolean overTcp) throws Exception {
    CountDownLatch inTcp = new CountDownLatch(1);
    FakeNameServer.Script hangs =
        overTcp
            ? Answers.truncated(
                (query, connection) -> {
                  inTcp.countDown();
                  connection.getInputStream().read();
                })
            : Answers.silence();
    try (FakeNameServer server = FakeNameServer.on(hangs);
        FakeNameServer next = FakeNameServer.on(Answers.texts("x"))) {
      DnsSink sink = sinks.of(server.place() + "," + next.place());
      Deadline deadline = Sinks.soon();
      CompletableFuture<Object> end = Sinks.askInBackground(sink, deadline);
      server.awaitQuery();
      if (overTcp) {
        inTcp.await();
      }
      long start = System.nanoTime();

      deadline.cancel();

      assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
      assertThat(since(start)).isLessThan(SLACK);
      assertThat(next.queries()).isEmpty();
    }
  }

  @Test
  void cancellingAbortsTheLookUpOfAName() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Addresses.LookUp lookUp =
        host -> {
          asked.countDown();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    Deadline deadline = Sinks.soon();
    CompletableFuture<Object> end =
        Sinks.askInBackground(sinks.lookingUp(lookUp).of("ns.example"), deadline);
    asked.await();
    deadline.cancel();
    assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
    over.countDown();
  }

  @Test
  void aCancelledDeadlineSendsNothing() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"))) {
      Deadline deadline = Sinks.soon();
      deadline.cancel();
      assertThat(Sinks.askInBackground(sinks.of(server.place()), deadline).get())
          .isInstanceOf(InterruptedIOException.class);
      assertThat(server.queries()).isEmpty();
    }
  }

  @Test
  void deactivatingAbortsWhatIsInFlightAndLeavesNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (FakeNameServer server = FakeNameServer.on(Answers.silence())) {
      DnsSink sink = sinks.of(server.place());
      CompletableFuture<Object> end = Sinks.askInBackground(sink, Sinks.soon());
      server.awaitQuery();
      long start = System.nanoTime();
      sink.deactivate();
      assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
      assertThat(since(start)).isLessThan(SLACK);
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .extracting(Thread::getName)
          .allMatch(name -> name.startsWith("test-"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a..b", "a b", "ä", "a\u0000b", "x\n", ".", "-a", "a\\046b"})
  void whatIsNoNameIsRefusedForGood(String relative) throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"))) {
      DnsSink sink = sinks.of(server.place());
      Receipt receipt = sink.send(sink.encode(List.of(Sinks.message(relative))), Sinks.soon());
      assertThat(receipt.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(receipt.answer())
          .startsWith("This is not a DNS name: ")
          .doesNotContainPattern("\\p{Cntrl}");
      assertThat(server.queries()).isEmpty();
    }
  }

  @Test
  void theLongestNameCanBeAskedAndNoLonger() throws Exception {
    String label = "x".repeat(63);
    String relative = String.join(".", label, label, label, "x".repeat(48));
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"))) {
      DnsSink sink = sinks.of(server.place());
      assertThat((relative + ".zone.example")).hasSize(253);
      assertThat(sink.send(sink.encode(List.of(Sinks.message(relative))), Sinks.soon()).outcome())
          .isEqualTo(Outcome.DELIVERED);
      assertThat(
              sink.send(sink.encode(List.of(Sinks.message("x" + relative))), Sinks.soon())
                  .outcome())
          .isEqualTo(Outcome.REFUSED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | system",
        "10.0.0.1 | 10.0.0.1",
        "10.0.0.1:53 | 10.0.0.1",
        "ns.example:5353 , [2001:db8::53] | ns.example:5353, [2001:db8::53]",
        "[fe80::1]:54 | [fe80::1]:54",
        "https://dns.example/account?key=secret | https://dns.example"
      })
  void theEndpointNamesZoneAndResolver(String resolver, String shown) {
    assertThat(sinks.of(resolver).state())
        .isEqualTo(SinkState.ready("dns:zone.example via " + shown, "dns:zone.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::53",
        "[2001:db8::g]",
        "[]",
        "10.0.0.1:0",
        "10.0.0.1:65536",
        "10.0.0.256",
        "10.0.0",
        "10.0.0.1,",
        "ns..example",
        "ns.example:",
        "a b",
        "http://dns.example/dns-query",
        "https://user:secret@dns.example/",
        "https://",
        "tls://dns.example"
      })
  void aBadResolverIsNoneAtFirstAndThenChangesNothing(String bad) {
    DnsSink sink = sinks.of(bad);
    assertThat(sink.state())
        .isEqualTo(
            SinkState.unconfigured(
                "dns:zone.example",
                "Set resolver in etc/org.candor.sink.dns.cfg, or empty it for the system's."));
    sink.modified(new Keys("zone.example", "10.0.0.1"));
    sink.modified(new Keys("zone.example", bad));
    assertThat(sink.state())
        .isEqualTo(SinkState.ready("dns:zone.example via 10.0.0.1", "dns:zone.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zone..example", "-", "10.0.0.1", "zone example", "ä.example"})
  void aBadZoneIsNoneAtFirstAndThenChangesNothing(String bad) {
    DnsSink sink = sinks.of(bad, "");
    SinkState unset =
        SinkState.unconfigured(
            "", "Set zone in etc/org.candor.sink.dns.cfg to the vendor's domain.");
    assertThat(sink.state()).isEqualTo(unset);
    sink.modified(new Keys("zone.example", ""));
    sink.modified(new Keys(bad, ""));
    assertThat(sink.state())
        .isEqualTo(SinkState.ready("dns:zone.example via system", "dns:zone.example"));
    sink.modified(new Keys("", ""));
    assertThat(sink.state()).isEqualTo(unset);
  }

  @Test
  void withoutAZoneNobodyIsAsked() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"))) {
      assertThat(Sinks.ask(sinks.of("", server.place())))
          .isEqualTo(
              Receipt.retry("Set zone in etc/org.candor.sink.dns.cfg to the vendor's domain."));
      assertThat(server.queries()).isEmpty();
    }
  }

  @Test
  void aRefusalNamesFileKeyAndValueAndNoSecret() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
      sinks.of("https://user:secret@dns.example/");
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains(
            "etc/org.candor.sink.dns.cfg: resolver = https://***@dns.example/ is refused; allowed"
                + " is hosts or host:port")
        .doesNotContain("secret");
  }

  @Test
  void theSystemsResolversAreThoseOfItsFile() {
    assertThat(new SystemServers().get())
        .allSatisfy(server -> assertThat(server.isUnresolved()).isFalse());
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
