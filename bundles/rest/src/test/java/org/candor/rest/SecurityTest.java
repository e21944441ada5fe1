package org.candor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.candor.http.server.ServerLimits;
import org.candor.http.testing.Eventually;
import org.candor.rest.Client.Reply;
import org.candor.rest.product.TestProduct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who tries to get in, or to have somebody else's browser do it. */
class SecurityTest {

  private static final String NO = "{\"telemetryEnabled\":false}";
  private static final String EVIL = "https://evil.test";

  private final FakeCore core = new FakeCore();
  private Rest rest;
  private Client client;

  @BeforeAll
  static void users() {
    TestRealm.install();
  }

  @BeforeEach
  void open() {
    core.products.bindIntake(new FakeIntake());
    core.products.bindProduct(TestProduct.of("https://shop.test").named("shop"));
    rest = TestRest.open(core);
    client = new Client(Eventually.get(rest::address).getPort(), "storageos");
  }

  @AfterEach
  void close() {
    rest.deactivate();
    core.streams.close();
  }

  private List<String> paths() {
    return rest.paths().stream().map(path -> path.replaceAll("\\{\\w+}", "segment")).toList();
  }

  /** An answer as it came, for a request without a body. */
  private String raw(String line, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(line).append(" HTTP/1.1\nHost: localhost\n");
    for (String header : headers) {
      request.append(header).append('\n');
    }
    return client.raw(request + "Connection: close\n\n");
  }

  private static String signedIn() {
    return "Authorization: " + Client.basic("storageos", "storageos");
  }

  @Test
  void aPageOfAnotherSiteChangesAndReadsNothingThoughItsUserHasSignedIn() throws Exception {
    for (String path : paths()) {
      if (path.equals("/candor.js")) {
        continue;
      }
      for (String method : List.of("GET", "PUT", "POST", "DELETE", "OPTIONS")) {
        Reply reply =
            Client.send(
                client
                    .request(path)
                    .header("Origin", EVIL)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(NO)));
        assertThat(reply.status()).as(method + " " + path).isIn(403, 405);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
      }
    }
    assertThat(core.consent.file()).isEmpty();
  }

  @Test
  void aProductsPageMaySendEventsAndNothingElse() throws Exception {
    Reply reply =
        Client.send(
            client
                .request("/v1/telemetry")
                .header("Origin", "https://shop.test")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(NO)));
    assertThat(reply.status()).isEqualTo(403);
    assertThat(core.consent.file()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
  void aFormChangesNothingEvenFromABrowserThatTellsNoOrigin(String type) throws Exception {
    for (String path : List.of("/v1/telemetry", "/v2/cluster", "/v1/events")) {
      for (String method : List.of("POST", "PUT")) {
        Reply reply =
            Client.send(
                client
                    .request(path)
                    .header("Content-Type", type)
                    .method(method, BodyPublishers.ofString(NO)));
        assertThat(reply.status()).as(method + " " + path).isIn(405, 415);
        assertThat(reply.message()).contains("is refused; allowed is");
      }
    }
    assertThat(core.consent.file()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/../etc/passwd",
        "/v1/%2e%2e/etc/passwd",
        "/v1/..%2fstatus",
        "/v1/%2e%2e%2f%2e%2e%2fstatus",
        "/../../etc/passwd",
        "//v1/status",
        "///v1/status",
        "//telemetry",
        "/v1//status",
        "/v1/./status",
        "/v1/status/",
        "/v1/status;a=b",
        "/V1/status",
        "/v1\\status",
        "/v1/status%00",
        "/candor.js/../v1/status",
        "/candor.js%2f..%2fv1%2fstatus",
        "/candor.js/",
        "/v1/events/../status",
        "/v1/events%2f..%2fstatus",
        "/v1/preview/..%2f..%2fetc%2fpasswd",
        "/v1/preview/../../etc/passwd",
        "http://evil.test//v1/status",
        "evil.test:80",
        "*",
        "/%",
        "/%zz"
      })
  void aCraftedPathLeadsNowhere(String path) throws Exception {
    for (String header : List.of(signedIn(), "X-Nobody: 1")) {
      String answer = raw("GET " + path, header);
      if (!answer.isEmpty()) {
        assertThat(answer).as(path).matches("(?s)HTTP/1.1 (400|401|404) .*");
      }
      assertThat(answer).doesNotContain("root:", "channels");
    }
    assertThat(client.get("/v1/status").status()).isEqualTo(200);
  }

  @Test
  void whatIsAskedForCannotWriteHeaders() throws Exception {
    for (String line :
        List.of(
            "GET /v1/preview/x%0d%0aSet-Cookie:%20a=b",
            "GET /v1/sent?newest=1%0d%0aSet-Cookie:%20a=b",
            "GET /v1/fields?channel=%0d%0aSet-Cookie:%20a=b",
            "GET /nowhere%0d%0aSet-Cookie:%20a=b",
            "G%0d%0aSet-Cookie:a=b /v1/status")) {
      String answer = raw(line, signedIn());
      String head = answer.split("\r\n\r\n", 2)[0];
      assertThat(head).startsWith("HTTP/1.1 4").doesNotContain("Set-Cookie", "Set-cookie");
    }
    String answer = raw("GET /v1/status", signedIn(), "Origin: http://localhost\rSet-Cookie: a=b");
    assertThat(answer).doesNotContain("Set-Cookie", "Set-cookie");
  }

  @Test
  void thereAreNoSessionsAndNoCookiesEver() throws Exception {
    for (String path : paths()) {
      if (path.equals("/v1/changes")) {
        continue;
      }
      for (String method : List.of("GET", "HEAD", "PUT", "POST", "OPTIONS", "TRACE", "PATCH")) {
        List<Reply> replies = new ArrayList<>();
        replies.add(
            Client.send(
                client
                    .request(path)
                    .header("Cookie", "JSESSIONID=fixed")
                    .method(method, BodyPublishers.noBody())));
        replies.add(Client.send(client.anonymous(path).method(method, BodyPublishers.noBody())));
        for (Reply reply : replies) {
          assertThat(reply.header("Set-Cookie")).as(method + " " + path).isEmpty();
          assertThat(reply.response().body()).doesNotContain("fixed");
        }
      }
    }
  }

  @Test
  void onlyATrustedProxySaysForWhomItSpeaks() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      guessFor("203.0.113.5");
      rest.modified(TestConfig.NORMAL.trusting("127.0.0.0/8, 192.0.2.7"));
      guessFor("203.0.113.6");
      rest.modified(TestConfig.NORMAL.trusting("proxy.example"));
      guessFor("203.0.113.7");
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .containsSubsequence(
            "account \"nobody\" - address 127.0.0.1 - way http",
            "account \"nobody\" - address 203.0.113.6 - way http",
            "trustedProxies = proxy.example is refused; allowed is IP addresses and networks such"
                + " as 10.0.0.0/8, separated by commas, or nothing. It stays 127.0.0.0/8,",
            "account \"nobody\" - address 203.0.113.7 - way http");
    assertThat(rest.problems()).singleElement().asString().contains("trustedProxies");
  }

  private void guessFor(String address) throws Exception {
    Reply reply =
        Client.send(client.as("nobody").request("/v1/status").header("X-Forwarded-For", address));
    assertThat(reply.status()).isEqualTo(401);
  }

  @Test
  void aLengthThatIsNoNumberIsRefused() throws Exception {
    for (String length : List.of("+2", "-2", "0x2", "2, 2", "2\nContent-Length: 3")) {
      String answer =
          client.raw(
              "PUT /v1/telemetry HTTP/1.1\nHost: localhost\n"
                  + signedIn()
                  + "\nContent-Type: application/json\nContent-Length: "
                  + length
                  + "\n\n{}");
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Content-Length is one number");
    }
  }

  @Test
  void aRealmThatHangsIsAnsweredAndCostsNobodyElseAThread() throws Exception {
    Rest impatient = TestRest.open(core, ServerLimits.USUAL, Duration.ofMillis(100));
    Client hasty = new Client(Eventually.get(impatient::address).getPort(), "storageos");
    HangingRealm night = HangingRealm.begin(hasty);
    try {
      Reply reply = hasty.get("/v1/status");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.message()).contains("realm test-realm does not answer");
      assertThat(reply.header("Retry-After")).isEqualTo("1");
      for (int i = 0; i < 20; i++) {
        assertThat(hasty.as(HangingRealm.SLEEPER).get("/v1/status").status()).isEqualTo(503);
      }
      assertThat(Client.send(hasty.anonymous("/candor.js")).status()).isEqualTo(200);
    } finally {
      night.end();
    }
    Eventually.is(() -> hasty.reads("/v1/status"));
    HangingRealm next = HangingRealm.begin(hasty);
    long begin = System.nanoTime();
    impatient.deactivate();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    next.end();
  }

  @Test
  void aRequestWithTwoLengthsIsRefusedAndTheConnectionEnds() throws Exception {
    String smuggled =
        "PUT /v1/telemetry HTTP/1.1\nHost: localhost\n"
            + signedIn()
            + "\nContent-Type: application/json\nContent-Length: 4\nTransfer-Encoding: chunked\n\n"
            + "2\n{}\n0\n\nGET /v1/status HTTP/1.1\nHost: localhost\n"
            + signedIn()
            + "\nConnection: close\n\n";
    String answer = client.raw(smuggled);
    assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FFFFFFFFFFFFFFFF", "+2", "-1", "4\n{}{}\n0x2", " 2"})
  void aChunkTooLongToCountIsRefusedAndTheConnectionEnds(String chunk) throws Exception {
    String answer =
        client.raw(
            "POST /v1/events HTTP/1.1\nHost: localhost\nOrigin: https://shop.test"
                + "\nContent-Type: application/json\nTransfer-Encoding: chunked\n\n"
                + chunk
                + "\n{}\n0\n\nGET /v1/status HTTP/1.1\nHost: localhost\n"
                + signedIn()
                + "\nConnection: close\n\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("has a chunk");
    assertThat(answer.split("HTTP/1.1", -1)).as("answers, and what is before").hasSize(2);
  }

  @Test
  void headersWithoutEndHarmNobody() throws Exception {
    for (String begin :
        List.of("GET /" + "a".repeat(2 << 20), "GET / HTTP/1.1\nX: " + "b".repeat(2 << 20))) {
      String answer;
      try {
        answer =
            client.raw(
                begin
                    + (begin.contains("HTTP") ? "" : " HTTP/1.1")
                    + "\nHost: localhost\nConnection: close\n\n");
      } catch (IOException reset) {
        answer = "";
      }
      assertThat(answer).doesNotContain("HTTP/1.1 200");
    }
    assertThat(client.get("/v1/status").status()).isEqualTo(200);
  }
}
