package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.candor.http.HttpCall;
import org.candor.http.client.LocalTransport.Keys;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why there is no answer, in words for an administrator. */
@Timeout(20)
class NoAnswerTest extends OpenTransport {

  @ParameterizedTest
  @CsvSource({
    "LEAVES, closed the connection without an answer",
    "LEAVES_HALF_WAY, closed the connection in the middle of its answer",
    "LEAVES_IN_A_CHUNK, closed the connection in the middle of its answer",
    "RESETS, broke off the connection",
    "RESETS_HALF_WAY, broke off the connection",
    "TALKS_GARBAGE, answered with something that is not HTTP",
    "SENDS_AN_ENDLESS_HEADER, sent more headers than allowed",
    "SENDS_ENDLESS_HEADERS, sent more headers than allowed",
    "SENDS_ENDLESS_LINES, sent more headers than allowed",
    "SENDS_NO_GZIP, sent a body that is not gzip",
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

  @Test
  void aLineThatIsDownAsksForNoName() {
    List<String> asked = new ArrayList<>();
    ConnectionScope line = new ConnectionScope();
    line.cut(ConnectionScope.Cut.CANCELLED);
    HostResolver names =
        new HostResolver(
            host -> {
              asked.add(host);
              return new InetAddress[0];
            },
            line);
    assertThatThrownBy(() -> names.resolve("some.example"))
        .isInstanceOf(UnknownHostException.class);
    assertThat(asked).isEmpty();
  }
}
