package org.candor.sink.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.xbill.DNS.Flags;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Timeout(20)
class DnsSinkTest {

  private static final Duration SLACK = Duration.ofMillis(300);
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final NameServers QUICK =
      new NameServers(List.of(Duration.ofMillis(150), Duration.ofMillis(150)));

  private final LocalTransport http = LocalTransport.open();

  /** Loads the classes, so that no test of time measures that. */
  @BeforeAll
  static void warmUp() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"));
        LocalTransport http = LocalTransport.open()) {
      DnsSink sink =
          new DnsSink(
              http,
              List::of,
              new Addresses(InetAddress::getAllByName),
              new NameServers(NameServers.PATIENCE),
              new Keys("zone.example", server.place()),
              Clock.systemUTC());
      sink.send(sink.encode(List.of(message("a"))), soon());
    }
  }

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void thePayloadIsTheQuestionAsPeopleReadIt() {
    Message message = message("node.cluster.v1");
    Payload payload = sink("Updates.Example.COM.", "127.0.0.1:1").encode(List.of(message));

    assertThat(payload.body().utf8()).isEqualTo("node.cluster.v1.updates.example.com. IN TXT");
    assertThat(payload.id()).isEqualTo(message.id());
    assertThat(sink("", "").encode(List.of(message)).body().utf8())
        .isEqualTo("node.cluster.v1.zone-is-not-set.invalid. IN TXT");
  }

  @Test
  void takesQuestionsOnly() {
    DnsSink sink = sink("zone.example", "");
    assertThat(sink.accepts("application/vnd.candor.dns-question")).isTrue();
    assertThat(sink.accepts("application/json")).isFalse();
  }

  @Test
  void oneRoundTripWhenAllIsWell() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("v=1 newest=2.5.0"))) {
      DnsSink sink = sink("zone.example", server.place());
      Payload payload = sink.encode(List.of(message("node.cluster.v1")));
      sink.state();
      assertThat(server.queries()).isEmpty();

      Receipt receipt = sink.send(payload, soon());

      assertThat(receipt)
          .isEqualTo(
              Receipt.delivered("NOERROR, 1 TXT record from " + server.place())
                  .replying(Bytes.utf8("[[\"v=1 newest=2.5.0\"]]")));
      assertThat(server.queries()).hasSize(1);
      org.xbill.DNS.Message query = new org.xbill.DNS.Message(server.queries().get(0));
      assertThat(query.getQuestion().getName()).hasToString("node.cluster.v1.zone.example.");
      assertThat(query.getQuestion().getType()).isEqualTo(Type.TXT);
      assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
      assertThat(query.getOPT()).isEqualTo(new OPTRecord(1232, 0, 0, 0));
      assertThat(query.getSection(Section.ADDITIONAL)).hasSize(1);
    }
  }

  @Test
  void idsAndPortsAreNotTheSameAgain() throws Exception {
    Set<Object> ports = new java.util.HashSet<>();
    FakeNameServer.Script noting =
        (query, back) -> {
          ports.add(back.to().getPort());
          back.send(Answers.txtReply(query, "x"));
        };
    try (FakeNameServer server = FakeNameServer.on(noting)) {
      for (int i = 0; i < 8; i++) {
        ask(server);
      }
      Set<Integer> ids =
          server.queries().stream()
              .map(query -> (query[0] & 0xff) << 8 | query[1] & 0xff)
              .collect(Collectors.toSet());
      assertThat(ids).hasSizeGreaterThan(6);
      assertThat(ports).hasSizeGreaterThan(6);
    }
  }

  @Test
  void stringsOfARecordStayApartAndKeepTheirBytes() throws Exception {
    FakeNameServer.Script odd =
        Answers.always(
            query -> Answers.txtReply(query, "a\\\"\\\\b", "\\000\\010\\127\\200\\255", ""));
    try (FakeNameServer server = FakeNameServer.on(odd)) {
      assertThat(ask(server).reply())
          .contains(Bytes.utf8("[[\"a\\\"\\\\b\",\"\\u0000\\u000a\\u007f\\u00c8\\u00ff\",\"\"]]"));
    }
  }

  @Test
  void severalRecordsAreHandedOnUpToABound() throws Exception {
    String[] texts = IntStream.range(0, 25).mapToObj(i -> "t" + i).toArray(String[]::new);
    try (FakeNameServer server = FakeNameServer.on(Answers.texts(texts))) {
      Receipt receipt = ask(server);
      assertThat(receipt.answer())
          .startsWith("NOERROR, 25 TXT records from " + server.place() + "; of these 5 dropped");
      assertThat(receipt.reply().orElseThrow().utf8())
          .startsWith("[[\"t0\"],[\"t1\"],")
          .endsWith(",[\"t19\"]]");
    }
  }

  @Test
  void anAliasIsFollowed() throws Exception {
    FakeNameServer.Script alias =
        Answers.always(
            query -> {
              try {
                org.xbill.DNS.Message answer = new org.xbill.DNS.Message(Answers.portal(query));
                answer.addRecord(
                    Answers.txt(org.xbill.DNS.Name.fromString("login.portal.example."), "mine"),
                    Section.ANSWER);
                answer.addRecord(
                    Answers.txt(org.xbill.DNS.Name.fromString("other.example."), "stray"),
                    Section.ANSWER);
                return answer.toWire();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    try (FakeNameServer server = FakeNameServer.on(alias)) {
      assertThat(ask(server).reply()).contains(Bytes.utf8("[[\"mine\"]]"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 'NOERROR, no TXT record from %s; check zone in etc/org.candor.sink.dns.cfg'",
    "3, 'NXDOMAIN from %s: nobody knows that name; check zone in etc/org.candor.sink.dns.cfg'"
  })
  void aNameWithoutTextsIsAnAnswer(int code, String said) throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.code(code))) {
      assertThat(ask(server)).isEqualTo(Receipt.delivered(said.formatted(server.place())));
      assertThat(server.queries()).hasSize(1);
    }
  }

  @Test
  void aPortalsAddressIsAnAnswerToo() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.always(Answers::portal))) {
      assertThat(ask(server))
          .isEqualTo(
              Receipt.delivered(
                  "NOERROR, no TXT record but CNAME, A from "
                      + server.place()
                      + "; check zone in etc/org.candor.sink.dns.cfg"));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, FORMERR", "2, SERVFAIL", "4, NOTIMP", "5, REFUSED"})
  void aServersNoIsLeftAloneForAnHour(int code, String name) throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.code(code))) {
      assertThat(ask(server))
          .isEqualTo(Receipt.retry(server.place() + " says " + name).pausing(AN_HOUR));
      assertThat(server.queries()).hasSize(1);
    }
  }

  @Test
  void silenceIsAskedOnceMoreAndThenLeftAloneForAnHour() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.silence())) {
      assertThat(ask(server))
          .isEqualTo(
              Receipt.retry(server.place() + " does not answer within 150 ms").pausing(AN_HOUR));
      assertThat(server.queries()).hasSize(2);
    }
  }

  @Test
  void anAnswerFromAnotherPortIsNone() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.fromElsewhere())) {
      assertThat(ask(server).answer()).isEqualTo(server.place() + " does not answer within 150 ms");
    }
  }

  @Test
  void whatAnswersSomethingElseIsPassedOverUntilTheAnswerComes() throws Exception {
    FakeNameServer.Script spoofed =
        (query, back) -> {
          byte[] good = Answers.txtReply(query, "good");
          int id = (query[0] & 0xff) << 8 | query[1] & 0xff;
          back.send(Answers.withId(Answers.txtReply(query, "bad"), id + 1));
          back.send(Answers.otherQuestion(query));
          back.send(query);
          back.send(new byte[0]);
          back.send(new byte[] {1, 2, 3});
          back.send(good);
        };
    try (FakeNameServer server = FakeNameServer.on(spoofed)) {
      assertThat(ask(server).reply()).contains(Bytes.utf8("[[\"good\"]]"));
      assertThat(server.queries()).hasSize(1);
    }
  }

  @Test
  void wrongIdsAloneAreSilenceAndSaidSo() throws Exception {
    FakeNameServer.Script wrong = (query, back) -> back.send(Answers.otherQuestion(query));
    try (FakeNameServer server = FakeNameServer.on(wrong)) {
      assertThat(ask(server).answer())
          .isEqualTo(
              server.place() + " does not answer within 150 ms (strange packets in its place: 1)");
    }
  }

  @Test
  void theCaseOfLettersDoesNotMatter() throws Exception {
    FakeNameServer.Script shouting =
        Answers.always(
            query -> {
              byte[] answer = Answers.txtReply(query, "x");
              for (int i = 13; i < Answers.questionEnd(query) - 5; i++) {
                answer[i] = answer[i] >= 'a' ? (byte) (answer[i] - 32) : answer[i];
              }
              return answer;
            });
    try (FakeNameServer server = FakeNameServer.on(shouting)) {
      assertThat(ask(server).outcome()).isEqualTo(Outcome.DELIVERED);
    }
  }

  @Test
  void aCompressionLoopCannotBeRead() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.always(Answers::looping))) {
      Receipt receipt = ask(server);
      assertThat(receipt.answer())
          .startsWith(server.place() + " answers with something that cannot be read (");
      assertThat(receipt.pause()).contains(AN_HOUR);
      assertThat(server.queries()).hasSize(1);
    }
  }

  @Test
  void aTruncatedAnswerIsAskedForOverTcp() throws Exception {
    FakeNameServer.Script large =
        Answers.truncated(
            (query, connection) ->
                Answers.write(
                    connection,
                    Answers.txtReply(
                        query,
                        IntStream.range(0, 60)
                            .mapToObj(i -> "x".repeat(255))
                            .toArray(String[]::new))));
    try (FakeNameServer server = FakeNameServer.on(large)) {
      Receipt receipt = ask(server);
      assertThat(receipt.answer()).isEqualTo("NOERROR, 1 TXT record from " + server.place());
      assertThat(receipt.reply().orElseThrow().size()).isEqualTo(60 * 258 + 3);
      assertThat(server.queries()).hasSize(2);
    }
  }

  @Test
  void sixtyFourKilobytesAreReadAndNotHandedOn() throws Exception {
    FakeNameServer.Script huge =
        Answers.truncated(
            (query, connection) ->
                Answers.write(
                    connection,
                    Answers.txtReply(
                        query,
                        IntStream.range(0, 255)
                            .mapToObj(i -> "x".repeat(255))
                            .toArray(String[]::new))));
    try (FakeNameServer server = FakeNameServer.on(huge)) {
      Receipt receipt = ask(server);
      assertThat(receipt)
          .isEqualTo(
              Receipt.delivered(
                  "NOERROR, 1 TXT record from "
                      + server.place()
                      + "; of these 1 dropped: no more are read than 20 records and 16384 bytes"));
    }
  }

  @Test
  void tcpThatEndsHalfWayIsNoAnswer() throws Exception {
    FakeNameServer.Script half =
        Answers.truncated(
            (query, connection) -> Answers.write(connection, 500, Answers.txtReply(query, "x")));
    try (FakeNameServer server = FakeNameServer.on(half)) {
      assertThat(ask(server))
          .isEqualTo(
              Receipt.retry(server.place() + " closes the connection in the middle of its answer")
                  .pausing(AN_HOUR));
    }
  }

  @Test
  void tcpThatDripsEndsInTime() throws Exception {
    FakeNameServer.Script drips =
        Answers.truncated(
            (query, connection) -> {
              connection.getOutputStream().write(new byte[] {100, 0});
              while (true) {
                connection.getOutputStream().write(1);
                java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
              }
            });
    try (FakeNameServer server = FakeNameServer.on(drips)) {
      long start = System.nanoTime();
      assertThat(ask(server).answer())
          .isEqualTo(server.place() + " does not answer within 150 ms over TCP");
      assertThat(since(start)).isLessThan(Duration.ofMillis(300).plus(SLACK));
    }
  }

  @Test
  void anotherQuestionOverTcpIsNoAnswer() throws Exception {
    FakeNameServer.Script other =
        Answers.truncated(
            (query, connection) -> Answers.write(connection, Answers.otherQuestion(query)));
    try (FakeNameServer server = FakeNameServer.on(other)) {
      assertThat(ask(server).answer()).contains("cannot be read (invalid name in message");
    }
  }

  @Test
  void nothingListening() throws Exception {
    FakeNameServer server = FakeNameServer.on(Answers.silence());
    server.close();
    assertThat(ask(server)).isEqualTo(Receipt.retry("nothing listens at " + server.place()));
  }

  @Test
  void serversAreAskedInTurn() throws Exception {
    try (FakeNameServer silent = FakeNameServer.on(Answers.silence());
        FakeNameServer failing = FakeNameServer.on(Answers.code(Rcode.SERVFAIL));
        FakeNameServer good = FakeNameServer.on(Answers.texts("x"));
        FakeNameServer spare = FakeNameServer.on(Answers.texts("y"))) {
      Receipt receipt =
          ask(String.join(" , ", silent.place(), failing.place(), good.place(), spare.place()));
      assertThat(receipt.answer()).isEqualTo("NOERROR, 1 TXT record from " + good.place());
      assertThat(silent.queries()).hasSize(1);
      assertThat(failing.queries()).hasSize(1);
      assertThat(spare.queries()).isEmpty();
    }
  }

  @Test
  void whatEachSaidIsSaidTogether() throws Exception {
    try (FakeNameServer silent = FakeNameServer.on(Answers.silence());
        FakeNameServer failing = FakeNameServer.on(Answers.code(Rcode.SERVFAIL))) {
      assertThat(ask(silent.place() + "," + failing.place()))
          .isEqualTo(
              Receipt.retry(
                      silent.place()
                          + " does not answer within 150 ms; "
                          + failing.place()
                          + " says SERVFAIL")
                  .pausing(AN_HOUR));
      assertThat(silent.queries()).hasSize(2);
      assertThat(failing.queries()).hasSize(1);
    }
  }

  @Test
  void ipv6() throws Exception {
    try (FakeNameServer server = FakeNameServer.on("::1", Answers.texts("six"))) {
      Receipt receipt = ask(server.place());
      assertThat(receipt.answer())
          .endsWith(" from [0:0:0:0:0:0:0:1]:" + server.address().getPort());
      assertThat(receipt.reply()).contains(Bytes.utf8("[[\"six\"]]"));
    }
  }

  @Test
  void aResolverMayHaveAName() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"))) {
      Addresses addresses =
          new Addresses(
              host -> {
                assertThat(host).isEqualTo("ns.example");
                return new InetAddress[] {server.address().getAddress()};
              });
      DnsSink sink = sink(addresses, List.of(), "ns.example:" + server.address().getPort(), QUICK);
      assertThat(send(sink, soon()).outcome()).isEqualTo(Outcome.DELIVERED);
    }
  }

  @Test
  void aNameOfAResolverThatNobodyKnows() throws Exception {
    Addresses addresses =
        new Addresses(
            host -> {
              throw new UnknownHostException(host);
            });
    assertThat(send(sink(addresses, List.of(), "ns.example", QUICK), soon()))
        .isEqualTo(Receipt.retry("no address is known for the resolver ns.example"));
  }

  @Test
  void theSystemsResolversAreReadAtEachQuestion() throws Exception {
    try (FakeNameServer first = FakeNameServer.on(Answers.texts("1"));
        FakeNameServer second = FakeNameServer.on(Answers.texts("2"))) {
      List<InetSocketAddress> system = new ArrayList<>();
      DnsSink sink = sink(new Addresses(InetAddress::getAllByName), system, "", QUICK);
      assertThat(send(sink, soon()))
          .isEqualTo(
              Receipt.retry(
                  "The system names no resolver; set resolver in etc/org.candor.sink.dns.cfg"));
      system.add(first.address());
      assertThat(send(sink, soon()).reply()).contains(Bytes.utf8("[[\"1\"]]"));
      system.set(0, second.address());
      assertThat(send(sink, soon()).reply()).contains(Bytes.utf8("[[\"2\"]]"));
    }
  }

  @Test
  void theDeadlineIsObeyed() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.silence())) {
      DnsSink sink = patient(server.place());
      long start = System.nanoTime();
      Receipt receipt = send(sink, Deadline.after(Duration.ofMillis(200), Clock.systemUTC()));
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
      DnsSink sink = patient(server.place() + "," + next.place());
      Deadline deadline = soon();
      CompletableFuture<Object> end = sendInBackground(sink, deadline);
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
    Addresses addresses =
        new Addresses(
            host -> {
              asked.countDown();
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new UnknownHostException(host);
            });
    Deadline deadline = soon();
    CompletableFuture<Object> end =
        sendInBackground(sink(addresses, List.of(), "ns.example", QUICK), deadline);
    asked.await();
    deadline.cancel();
    assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
    over.countDown();
  }

  @Test
  void aCancelledDeadlineSendsNothing() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"))) {
      Deadline deadline = soon();
      deadline.cancel();
      assertThat(sendInBackground(patient(server.place()), deadline).get())
          .isInstanceOf(InterruptedIOException.class);
      assertThat(server.queries()).isEmpty();
    }
  }

  @Test
  void deactivatingAbortsWhatIsInFlightAndLeavesNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (FakeNameServer server = FakeNameServer.on(Answers.silence())) {
      DnsSink sink = patient(server.place());
      CompletableFuture<Object> end = sendInBackground(sink, soon());
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

  @Test
  void randomPacketsAreNeverMoreThanAText() throws Exception {
    Random random = new Random(4);
    FakeNameServer.Script fuzz =
        (query, back) -> {
          byte[] good = Answers.txtReply(query, "abc", "def");
          byte[] packet = java.util.Arrays.copyOf(good, good.length + random.nextInt(40));
          for (int i = 0; i < 1 + random.nextInt(8); i++) {
            packet[4 + random.nextInt(packet.length - 4)] = (byte) random.nextInt();
          }
          back.send(packet);
          // Ends the wait where the packet answers something else.
          back.send(Answers.reply(query, Rcode.SERVFAIL).toWire());
        };
    try (FakeNameServer server = FakeNameServer.on(fuzz)) {
      DnsSink sink = sink("zone.example", server.place());
      for (int i = 0; i < 3000; i++) {
        Receipt receipt = send(sink, soon());
        assertThat(receipt.answer()).isNotEmpty().doesNotContainPattern("\\p{Cntrl}");
        assertThat(receipt.outcome()).isNotEqualTo(Outcome.REFUSED);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a..b", "a b", "ä", "a\u0000b", "x\n", ".", "-a", "a\\046b"})
  void whatIsNoNameIsRefusedForGood(String relative) throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"))) {
      DnsSink sink = sink("zone.example", server.place());
      Receipt receipt = sink.send(sink.encode(List.of(message(relative))), soon());
      assertThat(receipt.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(receipt.answer())
          .startsWith("This is no name of the DNS: ")
          .doesNotContainPattern("\\p{Cntrl}");
      assertThat(server.queries()).isEmpty();
    }
  }

  @Test
  void theLongestNameCanBeAskedAndNoLonger() throws Exception {
    String label = "x".repeat(63);
    String relative = String.join(".", label, label, label, "x".repeat(48));
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"))) {
      DnsSink sink = sink("zone.example", server.place());
      assertThat((relative + ".zone.example")).hasSize(253);
      assertThat(sink.send(sink.encode(List.of(message(relative))), soon()).outcome())
          .isEqualTo(Outcome.DELIVERED);
      assertThat(sink.send(sink.encode(List.of(message("x" + relative))), soon()).outcome())
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
    assertThat(sink("zone.example", resolver).state())
        .isEqualTo(SinkState.ready("dns:zone.example via " + shown));
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
    DnsSink sink = sink("zone.example", bad);
    assertThat(sink.state())
        .isEqualTo(
            SinkState.unconfigured(
                "dns:zone.example",
                "Set resolver in etc/org.candor.sink.dns.cfg, or empty it for the system's."));
    sink.modified(new Keys("zone.example", "10.0.0.1"));
    sink.modified(new Keys("zone.example", bad));
    assertThat(sink.state()).isEqualTo(SinkState.ready("dns:zone.example via 10.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zone..example", "-", "10.0.0.1", "zone example", "ä.example"})
  void aBadZoneIsNoneAtFirstAndThenChangesNothing(String bad) {
    DnsSink sink = sink(bad, "");
    SinkState unset =
        SinkState.unconfigured(
            "", "Set zone in etc/org.candor.sink.dns.cfg to the vendor's domain.");
    assertThat(sink.state()).isEqualTo(unset);
    sink.modified(new Keys("zone.example", ""));
    sink.modified(new Keys(bad, ""));
    assertThat(sink.state()).isEqualTo(SinkState.ready("dns:zone.example via system"));
    sink.modified(new Keys("", ""));
    assertThat(sink.state()).isEqualTo(unset);
  }

  @Test
  void withoutAZoneNobodyIsAsked() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("x"))) {
      assertThat(send(sink("", server.place()), soon()))
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
      sink("zone.example", "https://user:secret@dns.example/");
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

  private Receipt ask(FakeNameServer server) throws IOException {
    return ask(server.place());
  }

  private Receipt ask(String resolver) throws IOException {
    return send(sink("zone.example", resolver), soon());
  }

  private static Receipt send(DnsSink sink, Deadline deadline) throws IOException {
    return sink.send(sink.encode(List.of(message("node.cluster.v1"))), deadline);
  }

  private static CompletableFuture<Object> sendInBackground(DnsSink sink, Deadline deadline) {
    CompletableFuture<Object> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                end.complete(send(sink, deadline));
              } catch (IOException e) {
                end.complete(e);
              }
            },
            "test-sender");
    thread.setDaemon(true);
    thread.start();
    return end;
  }

  private DnsSink sink(String zone, String resolver) {
    return sink(zone, new Addresses(InetAddress::getAllByName), List.of(), resolver, QUICK);
  }

  private DnsSink patient(String resolver) {
    return sink(
        new Addresses(InetAddress::getAllByName),
        List.of(),
        resolver,
        new NameServers(NameServers.PATIENCE));
  }

  private DnsSink sink(
      Addresses addresses, List<InetSocketAddress> system, String resolver, NameServers servers) {
    return sink("zone.example", addresses, system, resolver, servers);
  }

  private DnsSink sink(
      String zone,
      Addresses addresses,
      List<InetSocketAddress> system,
      String resolver,
      NameServers servers) {
    return new DnsSink(
        http, () -> system, addresses, servers, new Keys(zone, resolver), Clock.systemUTC());
  }

  private static Message message(String relative) {
    return new Message("id-1", "version-check", DnsSink.QUESTION, Bytes.utf8(relative));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
  }
}
