package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.candor.api.Deadline;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.client.LocalTransport.Keys;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.SocketServer.Script;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class TrustTest {

  private static final Script OK =
      visit -> {
        visit.read();
        visit.answer(200, "", "ok");
      };

  @TempDir Path directory;
  private Path authority;

  @BeforeEach
  void authority() throws IOException {
    authority = SocketServer.authority(directory);
  }

  @Test
  void ownAuthorityIsTrustedWhenTheFileNamesIt() throws Exception {
    try (SocketServer server = SocketServer.https("localhost", OK)) {
      assertThat(call(server, authority.toString()).body().utf8()).isEqualTo("ok");
    }
  }

  @Test
  void andOtherwiseNot() throws Exception {
    try (SocketServer server = SocketServer.https("localhost", OK)) {
      assertThatThrownBy(() -> call(server, ""))
          .isInstanceOf(SSLException.class)
          .hasMessageStartingWith(server.place() + " presents a certificate that is not trusted")
          .hasMessageContaining("caFile of etc/org.candor.http.cfg");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void anAuthorityOfOneCallIsTrustedForThatCallOnly() throws Exception {
    Path own = Files.move(authority, directory.resolve("own.pem"));
    try (SocketServer server = SocketServer.https("localhost", OK);
        LocalTransport transport = LocalTransport.open()) {
      HttpCall call = HttpCall.get(server.uri("/"));
      assertThat(transport.exchange(call.trusting(own), soon()).status()).isEqualTo(200);
      assertThatThrownBy(() -> transport.exchange(call, soon())).isInstanceOf(SSLException.class);

      Files.writeString(own, pem(Trust.authorities(Map.of()).get(0)));
      assertThatThrownBy(() -> transport.exchange(call.trusting(own), soon()))
          .isInstanceOf(SSLException.class)
          .hasMessageEndingWith("to trust an authority of your own, set " + own);
      Files.delete(own);
      assertThatThrownBy(() -> transport.exchange(call.trusting(own), soon()))
          .hasMessageStartingWith(own + " does not exist");
    }
  }

  @Test
  void andDoesNotMakeAnotherNameTrusted() throws Exception {
    try (SocketServer server = SocketServer.https("elsewhere", OK);
        LocalTransport transport = LocalTransport.open()) {
      HttpCall call = HttpCall.get(server.uri("/")).trusting(authority);
      assertThatThrownBy(() -> transport.exchange(call, soon()))
          .hasMessageContaining("not trusted for this name");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    try (SocketServer server = SocketServer.https("elsewhere", OK)) {
      assertThatThrownBy(() -> call(server, authority.toString()))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("not trusted for this name");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void theAuthoritiesOfTheRuntimeStayTrusted() throws Exception {
    List<Certificate> ofTheRuntime = Trust.authorities(Map.of());
    assertThat(ofTheRuntime).hasSizeGreaterThan(10);
    assertThat(
            Trust.authorities(
                Map.of(new CaFile("ca.pem", ""), ByteBuffer.wrap(Files.readAllBytes(authority)))))
        .containsAll(ofTheRuntime)
        .hasSize(ofTheRuntime.size() + 1);
  }

  @Test
  void theFileIsReadAgainWhenItChanges() throws Exception {
    Path file = directory.resolve("later.pem");
    try (SocketServer server = SocketServer.https("localhost", OK);
        LocalTransport transport = LocalTransport.open(Keys.of(file.toString(), "10s", "30s"))) {
      HttpCall call = HttpCall.get(server.uri("/"));
      assertThatThrownBy(() -> transport.exchange(call, soon()))
          .hasMessage(
              "etc/org.candor.http.cfg: caFile = "
                  + file
                  + " does not exist; nothing is sent over https until this is corrected");
      Files.writeString(file, pem(Trust.authorities(Map.of()).get(0)));
      assertThatThrownBy(() -> transport.exchange(call, soon())).isInstanceOf(SSLException.class);
      Files.writeString(file, "# ours\n\n" + Files.readString(authority) + "\n");
      assertThat(transport.exchange(call, soon()).status()).isEqualTo(200);
      Files.delete(file);
      assertThatThrownBy(() -> transport.exchange(call, soon()))
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void anotherFileThatCannotBeUsedLeavesTheOneOfBeforeTrusted() throws Exception {
    try (SocketServer server = SocketServer.https("localhost", OK);
        LocalTransport transport =
            LocalTransport.open(Keys.of(authority.toString(), "10s", "30s"))) {
      HttpCall call = HttpCall.get(server.uri("/"));
      assertThat(transport.exchange(call, soon()).status()).isEqualTo(200);
      transport.modify(Keys.of(directory.resolve("none.pem").toString(), "10s", "30s"));
      assertThat(transport.exchange(call, soon()).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', holds no certificate",
    "'nothing of the kind', contains something that is not",
    "'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', contains something that is not"
  })
  void aBadFileIsNamed(String content, String why) throws Exception {
    Path file = Files.writeString(directory.resolve("bad.pem"), content);
    try (SocketServer server = SocketServer.https("localhost", OK)) {
      assertThatThrownBy(() -> call(server, file.toString()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file + " " + why);
      assertThatThrownBy(() -> call(server, directory.toString()))
          .hasMessageContaining(directory + " cannot be read");
      assertThat(server.visits()).isZero();
    }
  }

  @Test
  void withoutTlsTheFileIsNotRead() throws Exception {
    try (SocketServer server = SocketServer.http(OK)) {
      assertThat(call(server, "/no/such/file").status()).isEqualTo(200);
    }
  }

  @Test
  void aServerThatSpeaksNoTlsIsExplained() throws Exception {
    Script plain = visit -> visit.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    try (SocketServer server = SocketServer.http(plain);
        LocalTransport transport = LocalTransport.open()) {
      HttpCall call = HttpCall.get(java.net.URI.create("https://" + server.place() + "/"));
      assertThatThrownBy(() -> transport.exchange(call, soon()))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("do not agree on TLS");
    }
  }

  @Test
  void aHandshakeThatHangsIsGivenUp() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS);
        LocalTransport transport = LocalTransport.open(Keys.of("", "10s", "300ms"))) {
      HttpCall call = HttpCall.get(java.net.URI.create("https://" + server.place() + "/"));
      assertThatThrownBy(() -> transport.exchange(call, soon()))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("within 300 ms");
    }
  }

  private static HttpAnswer call(SocketServer server, String caFile) throws IOException {
    try (LocalTransport transport = LocalTransport.open(Keys.of(caFile, "10s", "30s"))) {
      return transport.exchange(HttpCall.get(server.uri("/")), soon());
    }
  }

  private static String pem(Certificate certificate) throws CertificateEncodingException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
  }
}
