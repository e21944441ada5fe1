package org.candor.sink.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.sink.Receipt;
import org.candor.http.client.LocalTransport;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.candor.sink.dns.NoAnswerException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Rcode;

@Timeout(20)
class OverHttpsTest {

  private static final String DNS = "Content-Type: application/dns-message\r\n";
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final LocalTransport http = LocalTransport.open();
  private final OverHttps https = new OverHttps(http, Clock.systemUTC());

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void asksAsTheStandardSays() throws Exception {
    try (SocketServer server = answering(200, DNS, query -> Answers.txtReply(query, "news"))) {
      Receipt receipt = ask(server.uri("/dns-query"));

      assertThat(receipt)
          .isEqualTo(
              Receipt.delivered("NOERROR, 1 TXT record from " + server.place())
                  .replying(Bytes.utf8("[[\"news\"]]")));
      Request request = server.requests().get(0);
      assertThat(request.line()).isEqualTo("POST /dns-query HTTP/1.1");
      assertThat(request.header("Content-Type")).isEqualTo("application/dns-message");
      assertThat(request.header("Accept")).isEqualTo("application/dns-message");
      org.xbill.DNS.Message query = new org.xbill.DNS.Message(request.body());
      assertThat(query.getHeader().getID()).isZero();
      assertThat(query.getOPT().getPayloadSize()).isEqualTo(1232);
      assertThat(server.visits()).isEqualTo(1);
    }
  }

  @Test
  void theTypeMayHaveAParameter() throws Exception {
    String type = "content-type: Application/DNS-Message; charset=x\r\n";
    try (SocketServer server = answering(200, type, query -> Answers.txtReply(query, "x"))) {
      assertThat(ask(server.uri("/")).reply()).isPresent();
    }
  }

  @Test
  void sixtyFourKilobytes() throws Exception {
    String[] strings = new String[255];
    java.util.Arrays.fill(strings, "x".repeat(255));
    try (SocketServer server = answering(200, DNS, query -> Answers.txtReply(query, strings))) {
      assertThat(ask(server.uri("/")).answer()).contains("of these 1 dropped");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301, HTTP 301: a redirect",
    "400, HTTP 400: no",
    "403, HTTP 403: no",
    "415, HTTP 415: no",
    "500, HTTP 500: no",
    "503, HTTP 503: no"
  })
  void aStatusIsNeverTheQuestionsFault(int status, String said) throws Exception {
    try (SocketServer server = answering(status, "", query -> new byte[] {'n', 'o'})) {
      Receipt receipt = ask(server.uri("/"));
      assertThat(receipt.answer()).startsWith(said);
      assertThat(receipt).isEqualTo(Receipt.retry(receipt.answer()).resting(AN_HOUR));
    }
  }

  @Test
  void retryAfterIsObeyed() throws Exception {
    try (SocketServer server =
        answering(429, "Retry-After: 30\r\n", query -> new byte[] {'n', 'o'})) {
      assertThat(ask(server.uri("/")).pause()).contains(Duration.ofSeconds(30));
    }
  }

  @ParameterizedTest
  @CsvSource({"text/html, text/html", "application/dns-json, application/dns-json"})
  void anotherTypeIsNoAnswer(String type, String said) throws Exception {
    try (SocketServer server =
        answering(200, "Content-Type: " + type + "\r\n", query -> Answers.txtReply(query, "x"))) {
      assertThatThrownBy(() -> ask(server.uri("/")))
          .isInstanceOfSatisfying(
              NoAnswerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DECLINED))
          .hasMessage(
              server.place() + " answers with " + said + " and not with application/dns-message");
    }
  }

  @Test
  void noTypeIsNoAnswer() throws Exception {
    try (SocketServer server = answering(200, "", query -> Answers.txtReply(query, "x"))) {
      assertThatThrownBy(() -> ask(server.uri("/"))).hasMessageContaining("answers with no type");
    }
  }

  @Test
  void anotherQuestionIsNoAnswer() throws Exception {
    try (SocketServer server = answering(200, DNS, Answers::otherQuestion)) {
      assertThatThrownBy(() -> ask(server.uri("/")))
          .hasMessage(server.place() + " answers another question");
    }
  }

  @Test
  void garbageIsNoAnswer() throws Exception {
    try (SocketServer server = answering(200, DNS, Answers::looping)) {
      assertThatThrownBy(() -> ask(server.uri("/")))
          .isInstanceOf(NoAnswerException.class)
          .hasMessageContaining("cannot be read");
    }
  }

  @Test
  void aServersNoIsTheSameOverHttps() throws Exception {
    try (SocketServer server =
        answering(200, DNS, query -> Answers.reply(query, Rcode.SERVFAIL).toWire())) {
      assertThatThrownBy(() -> ask(server.uri("/"))).hasMessage(server.place() + " says SERVFAIL");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Misbehaviour.class,
      names = {"RESETS", "LEAVES", "LEAVES_HALF_WAY", "TALKS_GARBAGE"})
  void brokenHttpIsUnreachable(Misbehaviour misbehaviour) throws Exception {
    try (SocketServer server = SocketServer.http(misbehaviour)) {
      assertThatThrownBy(() -> ask(server.uri("/")))
          .isInstanceOfSatisfying(
              NoAnswerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
          .hasMessageContaining(server.place());
    }
  }

  @Test
  void aHangingServerIsSilent() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS)) {
      Deadline soon = Deadline.after(Duration.ofMillis(200), Clock.systemUTC());
      assertThatThrownBy(() -> https.ask(question(), server.uri("/"), soon))
          .isInstanceOfSatisfying(
              NoAnswerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SILENT));
    }
  }

  @Test
  void cancellingAbortsAtOnce() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS)) {
      Deadline deadline = Sinks.soon();
      CompletableFuture<Receipt> end =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return https.ask(question(), server.uri("/"), deadline);
                } catch (IOException e) {
                  throw new java.util.concurrent.CompletionException(e);
                }
              });
      server.awaitVisit();
      deadline.cancel();
      assertThatThrownBy(end::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedIOException.class);
    }
  }

  @Test
  void theSinkVerifiesTheCertificate(@TempDir Path directory) throws Exception {
    String authority = SocketServer.authority(directory).toString();
    try (SocketServer server =
            SocketServer.https(
                "localhost",
                visit -> visit.answer(200, DNS, Answers.txtReply(visit.read().body(), "x")));
        LocalTransport trusting = LocalTransport.through("", authority)) {
      Receipt distrusted = send(http, server);
      assertThat(distrusted.answer()).contains(server.place(), "a certificate that is not trusted");
      assertThat(distrusted).isEqualTo(Receipt.retry(distrusted.answer()));

      assertThat(send(trusting, server).reply()).contains(Bytes.utf8("[[\"x\"]]"));
    }
  }

  private static Receipt send(LocalTransport http, SocketServer server) throws IOException {
    return Sinks.ask(Sinks.with(http).of(server.uri("/dns-query").toString()));
  }

  private Receipt ask(URI url) throws IOException {
    return https.ask(question(), url, Sinks.soon());
  }

  private static Question question() {
    return new Question(DomainName.parse("node.v1.zone.example"));
  }

  private static SocketServer answering(int status, String headers, UnaryOperator<byte[]> answer)
      throws IOException {
    return SocketServer.http(
        visit -> visit.answer(status, headers, answer.apply(visit.read().body())));
  }
}
