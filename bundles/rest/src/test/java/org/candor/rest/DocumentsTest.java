package org.candor.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.candor.api.consent.Purpose;
import org.candor.control.ClusterStatus;
import org.candor.control.JournalSearch;
import org.candor.control.document.ConsentDocument;
import org.candor.control.document.FieldsDocument;
import org.candor.control.document.HistoryDocument;
import org.candor.control.document.JsonDocument;
import org.candor.control.document.PreviewDocument;
import org.candor.control.document.SentDocument;
import org.candor.http.testing.Eventually;
import org.candor.rest.Client.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell's documents, over real sockets. */
class DocumentsTest {

  private final FakeCore core = new FakeCore();
  private Rest rest;
  private Client client;

  @BeforeAll
  static void users() {
    TestRealm.install();
  }

  @BeforeEach
  void open() {
    rest = TestRest.open(core);
    client = new Client(Eventually.get(rest::address).getPort(), "onlooker");
  }

  @AfterEach
  void close() {
    rest.deactivate();
  }

  private void reads(String path, Object document) throws Exception {
    Reply reply = client.get(path);
    assertThat(reply.status()).as(path).isEqualTo(200);
    assertThat(reply.response().body()).isEqualTo(new JsonDocument(document) + "\n");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    Reply head = client.method("HEAD", path);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.response().body()).isEmpty();
  }

  @Test
  void everyDocumentIsTheShells() throws Exception {
    reads("/v1/preview/segment", PreviewDocument.of(core.preview("segment")));
    reads("/v1/sent", SentDocument.of(core.newest(100, JournalSearch.ALL)));
    reads("/v1/sent?newest=1000", SentDocument.of(core.newest(1000, JournalSearch.ALL)));
    reads(
        "/v1/sent?newest=3&search=P-19%20segment.IO",
        SentDocument.of(core.newest(3, JournalSearch.of("p-19 segment.io"))));
    reads("/v1/sent?all=false", SentDocument.of(core.newest(100, JournalSearch.ALL)));
    reads("/v1/sent?all=true", SentDocument.of(core.newestOfAnyKind(100, JournalSearch.ALL)));
    reads(
        "/v1/sent?newest=3&all=true&search=turned%20off",
        SentDocument.of(core.newestOfAnyKind(3, JournalSearch.of("turned off"))));
    reads("/v1/consent", new ConsentDocument(FakeCore.CHANGES));
    reads("/v1/consent?newest=1", new ConsentDocument(FakeCore.CHANGES.subList(1, 2)));
    reads("/v1/fields", new FieldsDocument(core.fields(Optional.empty())));
    reads("/v1/fields?channel=segment", new FieldsDocument(core.fields(Optional.empty())));
    reads("/v1/explain/version-check", core.consent.explain(Purpose.VERSION_CHECK));
    reads("/v1/history", new HistoryDocument(core.health(), core.deliveries()));
    assertThat(client.get("/v1/status").json().get("cluster"))
        .hasToString(new JsonDocument(new ClusterStatus("single")).toString());
    assertThat(client.get("/v1/status").json().getAsJsonArray("problems"))
        .hasToString(
            "[{\"file\":\"etc/org.candor.channel-segment.cfg\",\"key\":\"intervall\",\"value\":"
                + "\"1m\",\"message\":\"unknown key, ignored; did you mean interval?\"}]");
    assertThat(client.get("/v1/sent/p-1/payload").json())
        .hasToString(
            "{\"id\":\"p-1\",\"bytes\":18,\"encoding\":\"utf-8\",\"body\":"
                + "\"{\\\"event\\\":\\\"hälth\\\"}\"}");
    assertThat(client.get("/v1/verification").json())
        .hasToString(
            "{\"entries\":200,\"intact\":true,\"firstBroken\":null,"
                + "\"head\":{\"number\":200,\"digest\":\"cd\"},\"dropped\":0,\"since\":null}");
    assertThat(client.get("/v1/verification?since=7-" + "a".repeat(64)).json().get("since"))
        .hasToString("\"continues\"");
    assertThat(client.get("/v1/verification?since=8-" + "a".repeat(64)).json().get("since"))
        .hasToString("\"differs\"");
    assertThat(client.get("/v1/sent/p-1/proof?since=7-" + "a".repeat(64)).json().get("proof"))
        .hasToString(
            "\"{\\\"kind\\\":\\\"proof\\\",\\\"number\\\":1,\\\"size\\\":200,"
                + "\\\"root\\\":\\\"cd\\\",\\\"path\\\":[\\\"ef\\\",\\\"01\\\"]}\"");
    assertThat(client.get("/v1/upgrade").json().get("severity").getAsString())
        .isEqualTo("required");
    assertThat(client.get("/v1/crashes").response().body())
        .contains("\"SIGSEGV\"", "\"calls\":1")
        .doesNotContain("stack");
    assertThat(client.get("/v1/crashes/" + "0".repeat(32)).response().body())
        .contains("\"SIGSEGV\"", "\"at com.acme.Db.open(Db.java:12)\"");
    assertThat(client.get("/v1/crashes/nope").message())
        .isEqualTo("There is no crash \"nope\", or it is no longer kept.");
  }

  @Test
  void changesOfWhatIsAllowedStandAmongTheAttemptsWhereThatIsAsked() throws Exception {
    assertThat(client.get("/v1/sent").response().body()).doesNotContain("\"consent\"");
    assertThat(client.get("/v1/sent?all=true&newest=3").json().getAsJsonArray("entries"))
        .extracting(entry -> entry.getAsJsonObject().get("kind").getAsString())
        .containsExactly("attempt", "consent", "consent");
    assertThat(client.get("/v1/consent").response().body())
        .startsWith(
            "{\"changes\":[{\"id\":\"11111111-2222-4333-8444-555555555555\","
                + "\"at\":\"2026-03-01T12:00:00Z\",\"purpose\":\"usage\",\"channel\":null,"
                + "\"from\":\"unset\",\"to\":\"denial\",\"way\":\"http\",\"by\":\"boss\","
                + "\"address\":\"127.0.0.1\"},");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/preview/nowhere           | 404 | There is no channel "nowhere". There are: segment.
          /v1/preview/                  | 404 | There is nothing at /v1/preview/.
          /v1/preview/a/b               | 404 | There is nothing at /v1/preview/a/b.
          /v1/preview/%2e%2e%2fetc      | 404 | There is nothing at /v1/preview/../etc.
          /v1/preview/..                | 404 | There is no channel "..". There are: segment.
          /v1/sent/p-7/payload          | 404 | The journal has no payload "p-7", or no longer has it.
          /v1/sent/p-7/proof            | 404 | The journal has no entry "p-7", or no longer has it.
          /v1/sent/p-1/proof?since=x    | 400 | since is refused; allowed is SIZE-ROOT, a number and 64 hexadecimal digits.
          /v1/verification?since=       | 400 | since is refused; allowed is SIZE-ROOT, a number and 64 hexadecimal digits.
          /v1/sent/p-1                  | 404 | There is nothing at /v1/sent/p-1.
          /v1/explain/ads               | 404 | There is no purpose "ads". There are: usage, errors, version-check.
          /v1/fields?channel=x          | 404 | There is no channel "x". There are: segment.
          /v1/fields?chanel=x           | 400 | The parameter chanel is not known; allowed is channel.
          /v1/status?verbose            | 400 | The parameter verbose is not known; allowed is none.
          /v1/sent?newest=0             | 400 | newest = 0 is refused; allowed is a whole number from 1 to 1000.
          /v1/sent?newest=1001          | 400 | newest = 1001 is refused; allowed is a whole number from 1 to 1000.
          /v1/sent?newest=all           | 400 | newest = all is refused; allowed is a whole number from 1 to 1000.
          /v1/sent?newest=              | 400 | newest =  is refused; allowed is a whole number from 1 to 1000.
          /v1/sent?all=maybe            | 400 | all = maybe is refused; allowed is false or true.
          /v1/consent?newest=0          | 400 | newest = 0 is refused; allowed is a whole number from 1 to 1000.
          /v1/sent?newest=1&newest=2    | 400 | The parameter newest is given twice.
          """)
  void whatIsNotThereOrNotAllowedIsSaid(String path, int status, String message) throws Exception {
    Reply reply = client.get(path);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.message()).isEqualTo(message);
  }

  @Test
  void nothingCanBeChangedThere() throws Exception {
    for (String path : List.of("/v1/status", "/v1/sent/p-1/payload", "/v1/explain/usage")) {
      for (String method : List.of("PUT", "POST", "DELETE", "PATCH")) {
        Reply reply = client.as("boss").method(method, path);
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(reply.message()).startsWith(method + " is refused; allowed is GET");
      }
      assertThat(client.method("OPTIONS", path).header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
  }

  @Test
  void whatCannotBeReadIsSaid() throws Exception {
    core.broken = Optional.of(new IOException("disk gone"));
    for (String path :
        List.of(
            "/v1/crashes",
            "/v1/crashes/x",
            "/v1/history",
            "/v1/preview/segment",
            "/v1/sent",
            "/v1/sent?all=true",
            "/v1/consent",
            "/v1/sent/p-1/payload")) {
      Reply reply = client.get(path);
      assertThat(reply.status()).as(path).isEqualTo(503);
      assertThat(reply.message()).endsWith("disk gone");
    }
  }

  @Test
  void aListThatBreaksOffIsNoWholeAnswer() {
    core.endless = true;
    assertThatThrownBy(() -> client.get("/v1/crashes")).isInstanceOf(IOException.class);
  }

  @Test
  void nothingThatHidesStandsInAnAnswer() throws Exception {
    core.message = "a\u001b[2J\u009b\u202eb\u2028c\"\n";
    assertThat(client.get("/v1/crashes").response().body())
        .contains("a\\u001b[2J\\u009b\\u202eb\\u2028c\\\"\\n\"");
    assertThat(client.get("/v1/crashes/%1b%5b2J%e2%80%ae").message())
        .isEqualTo("There is no crash \" [2J \", or it is no longer kept.");
  }

  @Test
  void manyPreviewsOfSlowSourcesLeaveThreadsForTheOwnersNo() throws Exception {
    CountDownLatch begun = new CountDownLatch(4);
    CountDownLatch go = new CountDownLatch(1);
    core.whilePreviewing =
        () -> {
          begun.countDown();
          await(go);
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Reply>> slow =
          IntStream.range(0, 4)
              .mapToObj(i -> threads.submit(() -> client.get("/v1/preview/segment")))
              .toList();
      await(begun);
      Reply more = client.get("/v1/preview/segment");
      assertThat(more.status()).isEqualTo(503);
      assertThat(more.header("Retry-After")).isEqualTo("1");
      assertThat(client.as("boss").put("/v1/telemetry", "{\"telemetryEnabled\":false}").status())
          .isEqualTo(200);
      go.countDown();
      for (Future<Reply> reply : slow) {
        assertThat(reply.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
