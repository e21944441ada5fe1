package org.candor.source.dcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.candor.api.Deadline;
import org.candor.api.source.SourceException;
import org.candor.http.HttpCall;
import org.candor.http.client.LocalTransport;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.Visit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secured cluster. */
@Timeout(20)
class DcosClientTest {

  @TempDir Path folder;
  private final LocalTransport http = LocalTransport.open();
  private SocketServer plain;
  private SocketServer secured;

  @BeforeEach
  void open() throws Exception {
    plain = SocketServer.http(DcosClientTest::answer);
    secured = SocketServer.https("localhost", DcosClientTest::answer);
  }

  @AfterEach
  void close() throws Exception {
    http.close();
    plain.close();
    secured.close();
  }

  private static void answer(Visit visit) throws IOException {
    String sent = visit.read().header("Authorization");
    visit.answer(sent.equals("token=wrong") ? 401 : sent.equals("token=small") ? 403 : 200, "", "");
  }

  @ParameterizedTest
  @CsvSource({
    "abc.def-1,token=abc.def-1",
    "token=abc,token=abc",
    "Bearer abc,Bearer abc",
  })
  void aTokenIsSentAsDcosTakesIt(String token, String header) throws Exception {
    assertThat(sent(Keys.token(token, "", ""))).isEqualTo(header);
    Path file = Files.writeString(folder.resolve("token"), " " + token + "\n");
    assertThat(sent(Keys.token("", file.toString(), ""))).isEqualTo(header);
  }

  @Test
  void aTokenFileIsReadAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "one\n");
    DcosClient access = new DcosClient(http, Keys.token("", file.toString(), ""));
    assertThat(sent(access)).isEqualTo("token=one");
    Files.writeString(file, "two\n");
    assertThat(sent(access)).isEqualTo("token=two");
    access.modified(Keys.none());
    assertThat(sent(access)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "two\nlines", "caf\u00e9", "Bearer a b", "token=a b"})
  void whatIsNoTokenIsNotSent(String token) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), token);
    assertRefused(
        Keys.token("", file.toString(), ""),
        plain.uri(""),
        "etc/org.candor.source.dcos.cfg: tokenFile = " + file);
    assertThat(plain.visits()).isZero();
  }

  @Test
  void aFileThatIsMissingIsNamedWithItsKey() {
    Path missing = folder.resolve("missing");
    assertRefused(
        Keys.token("", missing.toString(), ""),
        plain.uri(""),
        "etc/org.candor.source.dcos.cfg: tokenFile = " + missing + " does not exist.");
    assertRefused(
        Keys.token("", "", missing.toString()),
        secured.uri(""),
        "etc/org.candor.source.dcos.cfg: caFile = " + missing + ": there is no such file.");
  }

  @Test
  void aTokenDoesNotCrossTheNetworkUnencrypted() throws Exception {
    InetAddress any = InetAddress.getByName("0.0.0.0");
    try (SocketServer other = SocketServer.http(any, DcosClientTest::answer)) {
      URI address = URI.create("http://0.0.0.0:" + other.uri("").getPort());
      assertRefused(
          Keys.token("secret", "", ""),
          address,
          "etc/org.candor.source.dcos.cfg: mesosUrl: nothing is asked of " + address);
      assertThat(other.visits()).isZero();
    }
  }

  @Test
  void aSecuredClusterIsReadWithItsOwnAuthority() throws Exception {
    Path authority = SocketServer.authority(folder);
    DcosClient access = new DcosClient(http, Keys.token("abc", "", authority.toString()));
    ask(access, secured.uri("/x"));
    assertThat(secured.requests().get(0).header("Authorization")).isEqualTo("token=abc");
    assertThatThrownBy(
            () -> ask(new DcosClient(http, Keys.token("abc", "", "")), secured.uri("/x")))
        .isInstanceOf(SourceException.class);
    assertThat(secured.requests()).as("nothing is told to a stranger").hasSize(1);
  }

  @Test
  void aTokenThatIsNotAcceptedIsNotRepeated() {
    assertThatThrownBy(
            () -> ask(new DcosClient(http, Keys.token("wrong", "", "")), plain.uri("/x")))
        .hasMessageContaining("answered 401; the token of etc/org.candor.source.dcos.cfg is not")
        .hasMessageNotContaining("wrong");
    assertThatThrownBy(
            () -> ask(new DcosClient(http, Keys.token("small", "", "")), plain.uri("/x")))
        .hasMessageContaining("answered 403; the token's user may not");
  }

  private String sent(Keys keys) throws SourceException {
    return sent(new DcosClient(http, keys));
  }

  private String sent(DcosClient access) throws SourceException {
    ask(access, plain.uri("/x"));
    return plain.requests().get(plain.requests().size() - 1).header("Authorization");
  }

  private void assertRefused(Keys keys, URI target, String message) {
    assertThatThrownBy(() -> ask(new DcosClient(http, keys), target))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("secret");
  }

  private static int ask(DcosClient access, URI target) throws SourceException {
    return access.ask(
        "mesosUrl",
        HttpCall.get(target),
        Deadline.after(Duration.ofSeconds(10), Clock.systemUTC()),
        body -> body.readAllBytes().length);
  }
}
