package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.candor.api.Bytes;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpStatusException;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.Request;
import org.candor.http.testing.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent and what is handed on, and who learns nothing of it. */
@Timeout(20)
class ClassicTransportTest extends OpenTransport {

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
}
