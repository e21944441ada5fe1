package org.candor.source.dcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.candor.api.Deadline;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a diagnostics service can do wrong, on a real socket. */
@Timeout(20)
class SourceFaultsTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void anErrorIsRefused() throws IOException {
    assertFails(
        (request, out) -> LoopbackServer.head(out, "500 Oh no", "Content-Length: 0"),
        LONG,
        FailureReason.REFUSED,
        "/system/health/v1/report: answered 500.");
  }

  @Test
  void aServiceThatHangsTimesOut() throws IOException {
    Duration brief = Duration.ofMillis(200);
    assertFails((request, out) -> Thread.sleep(60_000), brief, FailureReason.TIMEOUT, "in time");
    assertFails(
        (request, out) -> {
          LoopbackServer.head(out, "200 OK", "Content-Length: 1000");
          write(out, "{\"Units\":");
          Thread.sleep(60_000);
        },
        brief,
        FailureReason.TIMEOUT,
        "in time");
  }

  @Test
  void anAnswerThatBreaksOffIsUnreachable() throws IOException {
    assertFails(
        (request, out) -> {
          LoopbackServer.head(out, "200 OK", "Transfer-Encoding: chunked");
          write(out, "100\r\n{\"Units\":{\"a\":{\"No");
        },
        LONG,
        FailureReason.UNREACHABLE,
        "not all of it");
    assertFails((request, out) -> {}, LONG, FailureReason.UNREACHABLE, "no answer");
  }

  @Test
  void nobodyThereIsUnreachable() throws IOException {
    // Bound, so that no other process gets the port, and not listening.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String url = "http://127.0.0.1:" + taken.getLocalPort();
      assertThat(failure(url, LONG).reason()).isEqualTo(FailureReason.UNREACHABLE);
    }
  }

  @Test
  void anAnswerThatEndsEarlyThoughWholeIsMalformed() throws IOException {
    assertMalformed("", "it ends where a value is due, at character 0");
    assertMalformed("{\"Units\":{\"a\":", "Unexpected end-of-input");
  }

  @Test
  void malformedJsonIsMalformed() throws IOException {
    assertMalformed("<html>", "Unexpected character ('<' (code 60))");
    assertMalformed(
        "{\"Units\":{},}",
        "Unexpected character ('}' (code 125)): was expecting double-quote to start field name");
    assertMalformed("{\"Units\":{}}{}", "an object where the end is due");
  }

  @Test
  void aWrongTypeIsMalformed() throws IOException {
    assertMalformed("{\"Units\":[]}", "an array where an object is due");
  }

  @Test
  void deepNestingIsMalformed() throws IOException {
    assertMalformed(
        "{\"x\":" + "[".repeat(1_000_000), "nesting depth (65) exceeds the maximum allowed (64)");
  }

  @Test
  void aGiganticStringIsMalformed() throws IOException {
    for (String start :
        new String[] {
          "{\"x\":\"",
          "{\"",
          "{\"Units\":{\"",
          "{\"Units\":{\"a\":{\"Nodes\":[{\"Output\":{\"",
          "{\"Units\":{\"a\":{\"Nodes\":[{\"Output\":{\"a\":\""
        }) {
      assertFails(
          (request, out) -> {
            LoopbackServer.head(out, "200 OK", "X: y");
            write(out, start);
            byte[] much = new byte[1 << 16];
            Arrays.fill(much, (byte) 'x');
            for (int i = 0; i < 1 << 14; i++) {
              out.write(much);
            }
          },
          LONG,
          FailureReason.MALFORMED,
          "a string of more than 1048576 characters");
    }
  }

  private static void assertMalformed(String body, String message) throws IOException {
    assertFails(
        (request, out) -> LoopbackServer.ok(out, body), LONG, FailureReason.MALFORMED, message);
  }

  private static void assertFails(
      LoopbackServer.Answer answer, Duration time, FailureReason reason, String message)
      throws IOException {
    try (LoopbackServer server = new LoopbackServer(answer)) {
      SourceException failure = failure(server.url(), time);
      assertThat(failure).hasMessageContaining(message).hasMessageContaining(server.url());
      assertThat(failure.reason()).isEqualTo(reason);
    }
  }

  private static SourceException failure(String url, Duration time) {
    DiagnosticsSource source = new DiagnosticsSource(new DcosClient(new JdkTransport()), url);
    return catchThrowableOfType(
        SourceException.class, () -> source.observe(Deadline.after(time, Clock.systemUTC())));
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
