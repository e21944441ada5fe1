package org.candor.source.storageos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.candor.source.storageos.Observing.failure;
import static org.candor.source.storageos.Observing.observe;
import static org.candor.source.storageos.Observing.soon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.candor.api.Deadline;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.http.client.LocalTransport;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.SocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster can do wrong, on a real socket. */
@Timeout(20)
class FaultsTest {

  private static final int TOKEN = 1 << 18;

  private final LocalTransport http = LocalTransport.open();

  @AfterEach
  void close() {
    http.close();
  }

  @ParameterizedTest
  @CsvSource({
    "HANGS, TIMEOUT",
    "HANGS_AFTER_HEADERS, TIMEOUT",
    "DRIPS, MALFORMED",
    "LEAVES, UNREACHABLE",
    "LEAVES_HALF_WAY, MALFORMED",
    "RESETS, UNREACHABLE",
    "TALKS_GARBAGE, UNREACHABLE",
    "SENDS_AN_ENDLESS_HEADER, UNREACHABLE",
    "SENDS_NO_GZIP, UNREACHABLE",
    "SENDS_AN_ENDLESS_BODY, MALFORMED"
  })
  void whatIsNoAnswerHasAReason(Misbehaviour misbehaviour, FailureReason reason) throws Exception {
    try (SocketServer server = SocketServer.http(misbehaviour)) {
      SourceException failure =
          failure(
              inventory(server.uri("").toString()),
              Deadline.after(Duration.ofMillis(500), Clock.systemUTC()));
      assertThat(failure.reason()).isEqualTo(reason);
      assertThat(failure).hasMessageStartingWith("GET " + server.uri("/v1/nodes") + ": ");
    }
  }

  @Test
  void anAnswerThatBreaksOffIsUnreachable() throws Exception {
    try (SocketServer server =
        SocketServer.http(
            visit -> {
              visit.read();
              visit.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"a\":[{\"b\":\"c");
            })) {
      assertThat(failure(inventory(server.uri("").toString())).reason())
          .isEqualTo(FailureReason.UNREACHABLE);
    }
  }

  @Test
  void nobodyThereIsUnreachable() throws IOException {
    // Bound, so that no other process gets the port, and not listening.
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertThat(failure(inventory("http://127.0.0.1:" + taken.getLocalPort())).reason())
          .isEqualTo(FailureReason.UNREACHABLE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 403, 404, 429, 500, 503})
  void anErrorIsRefusedWithoutRepeatingWhatItSays(int status) throws Exception {
    try (FakeStorage storage = new FakeStorage().refusing("/v1/nodes", status)) {
      SourceException failure = failure(inventory(storage.url()));
      assertThat(failure.reason()).isEqualTo(FailureReason.REFUSED);
      assertThat(failure).hasMessageContaining("answered " + status).hasNoCause();
      assertThat(failure.getMessage()).doesNotContain("Basic");
    }
  }

  @Test
  void cancellingAbortsAtOnce() throws Exception {
    try (SocketServer server = SocketServer.http(Misbehaviour.HANGS)) {
      Deadline deadline = soon();
      CompletableFuture<SourceException> end = new CompletableFuture<>();
      Thread thread =
          new Thread(() -> end.complete(failure(inventory(server.uri("").toString()), deadline)));
      thread.setDaemon(true);
      thread.start();
      server.awaitVisit();
      deadline.cancel();
      assertThat(end.get(2, TimeUnit.SECONDS).reason()).isEqualTo(FailureReason.TIMEOUT);
    }
  }

  @Test
  void theDeadlineHoldsBetweenRequests() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    Deadline deadline = Deadline.after(Duration.ofSeconds(10), new Told(now));
    try (SocketServer server =
        SocketServer.http(
            visit -> {
              visit.read();
              now.set(Instant.EPOCH.plusSeconds(10));
              visit.answer(200, "", "[]");
            })) {
      assertThat(failure(inventory(server.uri("").toString()), deadline).reason())
          .isEqualTo(FailureReason.TIMEOUT);
      assertThat(server.visits()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<html><body>StorageOS</body></html>",
        "{}",
        "{\"message\":\"no\"}",
        "1",
        "\"\"",
        "[",
        "[{",
        "[{\"size\":1",
        "[{\"size\":1}",
        "[{\"size\":1}]]",
        "[{\"size\":1},]",
        "[{'size':1}]",
        "[{\"size\":1}] [",
        "[1]",
        "[[]]",
        "[null]",
        "[{}]",
        "[{\"health\":\"healthy\"}]",
        "[{\"size\":null}]",
        "[{\"size\":\"1\"}]",
        "[{\"size\":-1}]",
        "[{\"size\":1.5}]",
        "[{\"size\":NaN}]",
        "[{\"size\":9223372036854775807}]",
        "[{\"size\":99999999999999999999}]",
        "[{\"size\":8589934591},{\"size\":1}]",
        "[{\"size\":1,\"health\":1}]",
        "[{\"size\":1,\"health\":{}}]"
      })
  void volumesOfAnotherShapeAreMalformed(String body) throws Exception {
    assertMalformed(body, "not the expected JSON: ");
  }

  @Test
  void deepNestingIsMalformed() throws Exception {
    assertMalformed("[{\"x\":" + "[".repeat(1_000_000), "esting limit 64 reached");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[{\"x\":\"", "[{\"", "[{\"health\":\"", "[{\"labels\":{\"", "[{\"x\":{\"y\":[\""})
  void aGiganticStringIsMalformed(String start) throws Exception {
    assertMalformed(
        start + "x".repeat(TOKEN + 10_000) + "\"",
        "a string of more than " + TOKEN + " characters");
  }

  @Test
  void aLargeStringAmongOthersIsNot() throws Exception {
    String large = "\"description\":\"" + "x".repeat(TOKEN - 10_000) + "\"";
    String volume = "{" + large + ",\"labels\":{" + large + "}," + large + ",\"size\":1}";
    try (FakeStorage storage = with("[" + volume + "," + volume + "]")) {
      assertThat(observe(inventory(storage.url()))).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{}]", "[{\"name\":\"\"}]", "[{\"name\":\"..\"}]", "[{\"name\":1}]"})
  void aNamespaceWithoutAUsableNameIsMalformed(String namespaces) throws Exception {
    try (FakeStorage storage = with("[]").with("/v1/namespaces", namespaces)) {
      assertThat(failure(inventory(storage.url())).reason()).isEqualTo(FailureReason.MALFORMED);
    }
  }

  @Test
  void namespacesWithoutEndAreMalformed() throws Exception {
    String many = "[" + "{\"name\":\"a\"},".repeat(10_001) + "{}]";
    try (FakeStorage storage = with("[]").with("/v1/namespaces", many)) {
      assertThat(failure(inventory(storage.url()))).hasMessageContaining("more than 10000 entries");
    }
  }

  private void assertMalformed(String volumes, String message) throws Exception {
    try (FakeStorage storage = with(volumes)) {
      SourceException failure = failure(inventory(storage.url()));
      assertThat(failure.reason()).isEqualTo(FailureReason.MALFORMED);
      assertThat(failure)
          .hasMessageStartingWith("GET " + storage.url() + "/v1/namespaces/a/volumes: ")
          .hasMessageContaining(message);
      assertThat(failure.getMessage()).hasSizeLessThan(1_000).doesNotContain("\n", "github");
    }
  }

  private static FakeStorage with(String volumes) throws IOException {
    return new FakeStorage()
        .with("/v1/nodes", "[]")
        .with("/v1/pools", "[]")
        .with("/v1/namespaces", "[{\"name\":\"a\"}]")
        .with("/v1/namespaces/a/volumes", volumes)
        .with("/v1/namespaces/a/rules", "[]");
  }

  private InventorySource inventory(String url) {
    return new InventorySource(new StorageOsCluster(http, Keys.of(url, "v1")));
  }

  /** Shows the time that it is told. */
  private static final class Told extends Clock {
    private final AtomicReference<Instant> now;

    Told(AtomicReference<Instant> now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now.get();
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
}
