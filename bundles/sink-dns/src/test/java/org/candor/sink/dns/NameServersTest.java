package org.candor.sink.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.candor.api.Bytes;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.http.client.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Timeout(20)
class NameServersTest {

  private static final Duration SLACK = Duration.ofMillis(300);
  private static final String CHECK_ZONE =
      "check zone in etc/org.candor.sink.dns.cfg, then ask again with telemetry:send dns.";
  private static final String CHECK_BOTH = CHECK_ZONE.replace("zone", "zone and resolver");
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final LocalTransport http = LocalTransport.open();
  private final Sinks sinks = Sinks.with(http);

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void oneRoundTripWhenAllIsWell() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.texts("v=1 newest=2.5.0"))) {
      DnsSink sink = sinks.of(server.place());
      Payload payload = sink.encode(List.of(Sinks.message("node.cluster.v1")));
      sink.state();
      assertThat(server.queries()).isEmpty();

      Receipt receipt = sink.send(payload, Sinks.soon());

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
    Set<Object> ports = new HashSet<>();
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
                    Answers.txt(Name.fromString("login.portal.example."), "mine"), Section.ANSWER);
                answer.addRecord(
                    Answers.txt(Name.fromString("other.example."), "stray"), Section.ANSWER);
                return answer.toWire();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try (FakeNameServer server = FakeNameServer.on(alias)) {
      assertThat(ask(server).reply()).contains(Bytes.utf8("[[\"mine\"]]"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 'NOERROR, no TXT record from ', 'The name server has no TXT record of NAME: CHECK'",
    "3, 'NXDOMAIN from ', 'The name server says that NAME does not exist: CHECK'"
  })
  void aNameWithoutTextsIsAnAnswerOfNoUse(int code, String said, String advice) throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.code(code))) {
      assertThat(ask(server))
          .isEqualTo(
              Receipt.delivered(said + server.place())
                  .advising(
                      advice
                          .replace("NAME", "node.cluster.v1.zone.example")
                          .replace("CHECK", CHECK_ZONE)));
      assertThat(server.queries()).hasSize(1);
    }
  }

  @Test
  void aPortalsAddressIsAnAnswerOfNoUse() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.always(Answers::portal))) {
      assertThat(ask(server))
          .isEqualTo(
              Receipt.delivered("NOERROR, no TXT record but CNAME, A from " + server.place())
                  .advising(
                      "Instead of a TXT record of node.cluster.v1.zone.example came CNAME, A, as from"
                          + " a captive portal or a resolver that answers every name: "
                          + CHECK_BOTH));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, FORMERR", "2, SERVFAIL", "4, NOTIMP", "5, REFUSED"})
  void aServersNoIsLeftAloneForAnHour(int code, String name) throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.code(code))) {
      assertThat(ask(server))
          .isEqualTo(Receipt.retry(server.place() + " says " + name).resting(AN_HOUR));
      assertThat(server.queries()).hasSize(1);
    }
  }

  @Test
  void silenceIsAskedOnceMoreAndThenLeftAloneForAnHour() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.silence())) {
      assertThat(askQuickly(server))
          .isEqualTo(
              Receipt.retry(server.place() + " does not answer within 150 ms").resting(AN_HOUR));
      assertThat(server.queries()).hasSize(2);
    }
  }

  @Test
  void anAnswerFromAnotherPortIsNone() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.fromElsewhere())) {
      assertThat(askQuickly(server).answer())
          .isEqualTo(server.place() + " does not answer within 150 ms");
    }
  }

  @Test
  void whatAnswersSomethingElseIsPassedOverUntilTheAnswerComes() throws Exception {
    FakeNameServer.Script spoofed =
        (query, back) -> {
          byte[] good = Answers.txtReply(query, "good");
          int id = (query[0] & 0xff) << 8 | query[1] & 0xff;
          back.send(Answers.withId(Answers.txtReply(query, "bad"), id ^ 0x0001));
          back.send(Answers.withId(Answers.txtReply(query, "bad"), id ^ 0x0100));
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
      assertThat(askQuickly(server).answer())
          .isEqualTo(
              server.place()
                  + " does not answer within 150 ms (unrelated packets received instead: 1)");
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
  void aNoThatDoesNotRepeatTheQuestionIsNotWaitedOut() throws Exception {
    FakeNameServer.Script curt =
        Answers.always(
            query -> {
              byte[] answer = Arrays.copyOf(Answers.reply(query, Rcode.FORMERR).toWire(), 12);
              answer[5] = 0;
              return answer;
            });
    try (FakeNameServer server = FakeNameServer.on(curt)) {
      assertThat(ask(server).answer()).contains("cannot be read (invalid message: question");
      assertThat(server.queries()).hasSize(1);
    }
  }

  @Test
  void aCompressionLoopCannotBeRead() throws Exception {
    try (FakeNameServer server = FakeNameServer.on(Answers.always(Answers::looping))) {
      Receipt receipt = ask(server);
      assertThat(receipt.answer())
          .startsWith(server.place() + " answers with something that cannot be read (");
      assertThat(receipt.rest()).contains(AN_HOUR);
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
                          + "; of these 1 dropped: no more are read than 20 records and 16384 bytes")
                  .advising(
                      "The TXT records of node.cluster.v1.zone.example are larger than the 16384"
                          + " bytes that are read: "
                          + CHECK_BOTH));
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
                  .resting(AN_HOUR));
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
                LockSupport.parkNanos(10_000_000);
              }
            });
    try (FakeNameServer server = FakeNameServer.on(drips)) {
      long start = System.nanoTime();
      assertThat(askQuickly(server).answer())
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
          askQuickly(
              String.join(" , ", silent.place(), failing.place(), good.place(), spare.place()));
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
      assertThat(askQuickly(silent.place() + "," + failing.place()))
          .isEqualTo(
              Receipt.retry(
                      silent.place()
                          + " does not answer within 150 ms; "
                          + failing.place()
                          + " says SERVFAIL")
                  .resting(AN_HOUR));
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

  private Receipt ask(FakeNameServer server) throws IOException {
    return ask(server.place());
  }

  private Receipt askQuickly(FakeNameServer server) throws IOException {
    return askQuickly(server.place());
  }

  private Receipt askQuickly(String resolver) throws IOException {
    return Sinks.ask(sinks.quick().of(resolver));
  }

  private Receipt ask(String resolver) throws IOException {
    return Sinks.ask(sinks.of(resolver));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
