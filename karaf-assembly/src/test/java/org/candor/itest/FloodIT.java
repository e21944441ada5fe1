package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.candor.itest.harness.SentryServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody's flood costs somebody else: pages, dropped crashes, passwords and slow connections. */
@Tag("long")
class FloodIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("flood");

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PRODUCT = "org.candor.rest.product-shop";
  private static final String RECORDS = "org.candor.source.crash-records";
  private static final int DROPPED = 700;
  private static final int DROPPED_BYTES = 400_000;
  private static final long MAX_BYTES = 8 << 20;

  private final KarafInstance karaf = KARAF.get();
  private final HttpClient http = HttpClient.newHttpClient();
  private SegmentServer segment;
  private SentryServer sentry;

  @BeforeEach
  void boot() throws Exception {
    segment = new SegmentServer();
    sentry = new SentryServer();
    karaf.etc().set("org.candor.consent", "grace", "0");
    karaf.etc().set("org.candor.store", "maxBytes", MAX_BYTES + "");
    karaf.etc().set("org.candor.sink.segment", "writeKey", "a-key");
    karaf.etc().set("org.candor.sink.segment", "endpoint", segment.url());
    karaf.etc().set("org.candor.sink.sentry", "dsn", sentry.dsn());
    karaf.etc().set("org.candor.channel-segment", "interval", "30d");
    karaf.etc().set("org.candor.channel-sentry", "interval", "30d");
    karaf
        .etc()
        .write(PRODUCT, "key = a-public-key\norigins = https://shop.example\nroutes = /cart\n");
    karaf.boot();
    KarafInstance.awaitPort(karaf.httpPort());
  }

  @AfterEach
  void kill() throws Exception {
    karaf.kill();
    segment.close();
    sentry.close();
  }

  @Test
  void whatOthersHaveStaysInTheJournalInTheQueueAndInTheListOfCrashes() throws Exception {
    Path records = Files.createDirectories(karaf.base().resolve("data/tmp/records"));
    karaf.etc().write(RECORDS, "directory = " + records + "\n");
    for (int i = 0; i < 5; i++) {
      karaf.run("telemetry:send segment");
    }
    List<String> before = ids("/v1/sent?newest=1000");
    assertThat(before).hasSizeGreaterThanOrEqualTo(5);

    for (int i = 0; i < 360; i++) {
      views(10);
    }
    Eventually.await(
        "the page views",
        SOON,
        () -> karaf.channel("segment-ui"),
        channel -> SharedSegment.queued(channel) == 0);
    assertThat(ids("/v1/sent?newest=1000")).containsAll(before);
    assertThat(karaf.run("telemetry:sent --verify --json").out()).contains("\"intact\":true");

    segment.answers(503, "", "busy");
    sentry.answers(503, "", "busy");
    drop(records, "precious", "{\"component\":\"precious\",\"exitCode\":4}");
    Eventually.await("the crash", SOON, () -> queued("sentry-crash"), queued -> queued > 0);
    karaf.command("telemetry:send segment");
    long health = queued("segment");
    assertThat(health).isPositive();
    Eventually.await(
        "page views that are lost, or not taken any more",
        SOON,
        () -> {
          int status = 202;
          for (int i = 0; i < 50 && status == 202; i++) {
            status = views(100);
          }
          return status != 202 || !karaf.channel("segment-ui").getAsJsonObject("lost").isEmpty();
        },
        full -> full);
    assertThat(queued("sentry-crash")).isPositive();
    assertThat(queued("segment")).isEqualTo(health);

    String text = "x".repeat(DROPPED_BYTES);
    for (int i = 0; i < DROPPED; i++) {
      drop(
          records,
          "flood-" + i,
          "{\"component\":\"dropper-%d\",\"exitCode\":%d,\"message\":\"%s\"}"
              .formatted(i % 3, i % 200 + 1, text));
    }
    List<CompletableFuture<HttpResponse<String>>> lists = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      lists.add(
          http.sendAsync(signedIn("/v1/crashes").build(), HttpResponse.BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> list : lists) {
      assertThat(list.get().statusCode()).isEqualTo(200);
    }
    assertThat(components()).contains("precious");
    assertThat(stores()).isLessThanOrEqualTo(MAX_BYTES);
    assertThat(get("/v1/status").statusCode()).isEqualTo(200);
    assertThat(karaf.log()).noneMatch(logged -> logged.contains("OutOfMemoryError"));
  }

  @Test
  void theRightPasswordGetsInThoughOthersGuessAndConnectionsAreSlow() throws Exception {
    assertThat(get("/v1/status").statusCode()).isEqualTo(200);
    for (int i = 0; i < 10; i++) {
      http.sendAsync(
          request("/v1/status").header("Authorization", basic("karaf:wrong" + i)).build(),
          HttpResponse.BodyHandlers.discarding());
    }
    long begin = System.nanoTime();
    assertThat(get("/v1/status").statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    Path log = karaf.base().resolve("data/log/security.log");
    Eventually.await(
        "the guesses on record",
        SOON,
        () -> Files.exists(log) ? Files.readString(log) : "",
        text -> text.contains("karaf") && text.contains("127.0.0.1"));

    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        Socket socket = new Socket("127.0.0.1", karaf.httpPort());
        slow.add(socket);
        socket.getOutputStream().write("GET /v1/status HTTP/1.1\r\nHost: a".getBytes());
      }
      begin = System.nanoTime();
      assertThat(get("/v1/status").statusCode()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private long queued(String channel) throws IOException {
    return SharedSegment.queued(karaf.channel(channel));
  }

  private long stores() throws IOException {
    try (Stream<Path> files = Files.list(karaf.base().resolve("var/candor"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private List<String> components() throws Exception {
    return names("/v1/crashes", "crashes", "component");
  }

  private List<String> ids(String path) throws Exception {
    return names(path, "entries", "id");
  }

  private List<String> names(String path, String list, String name) throws Exception {
    JsonObject answer = JsonParser.parseString(get(path).body()).getAsJsonObject();
    JsonArray all = answer.getAsJsonArray(list);
    return all.asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(entry -> entry.get(name).getAsString())
        .toList();
  }

  /** As any program can send them that claims to be a page. */
  private int views(int count) throws Exception {
    String events =
        String.join(
            ",",
            Stream.generate(UUID::randomUUID)
                .limit(count)
                .map(id -> "{\"type\":\"page\",\"path\":\"/cart\",\"id\":\"" + id + "\"}")
                .toList());
    HttpRequest request =
        HttpRequest.newBuilder(url("/v1/events"))
            .header("Origin", "https://shop.example")
            .header("Content-Type", "text/plain")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"key\":\"a-public-key\",\"events\":[" + events + "]}"))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static void drop(Path folder, String name, String json) throws IOException {
    Path part = Files.writeString(folder.resolveSibling(name + ".part"), json);
    Files.move(part, folder.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(signedIn(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder signedIn(String path) {
    return request(path).header("Authorization", basic("karaf:karaf"));
  }

  private static String basic(String both) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url(path));
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + karaf.httpPort() + path);
  }
}
