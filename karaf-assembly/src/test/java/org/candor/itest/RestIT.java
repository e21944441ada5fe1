package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.candor.itest.harness.Answer;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.ProbeBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The owner's answers over HTTP, in a running Karaf with its own users. */
@Tag("measures")
class RestIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final String CONSENT = "org.candor.consent";
  private static final String V1 = "/v1/telemetry";
  private static final String SLOW =
      "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\nabc";
  private static final String V2 = "/v2/cluster";
  private static final Duration ALLOWED = Duration.ofSeconds(6);
  private static final Duration COLLECTED = Duration.ofSeconds(90);

  private final KarafInstance karaf = KARAF.get();
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port = karaf.httpPort();
  private SharedSegment segment;
  private String consentBefore;
  private String usersBefore;

  @BeforeEach
  void open() throws Exception {
    segment = new SharedSegment(karaf);
    consentBefore = karaf.etc().text(CONSENT);
    usersBefore = Files.readString(users());
    Files.writeString(users(), usersBefore + "storageos = storageos,_g_:admingroup\n");
    KarafInstance.awaitPort(port);
  }

  @AfterEach
  void close() throws Exception {
    Files.writeString(users(), usersBefore);
    karaf.run("telemetry:enable");
    karaf.etc().write(CONSENT, consentBefore);
    Eventually.await(
        "allowed again",
        ALLOWED,
        karaf::channel,
        channel -> !SharedSegment.state(channel).equals("off"));
    segment.server().takes();
    segment.send();
    segment.awaitDelivery();
    segment.close();
  }

  private Path users() {
    return karaf.base().resolve("etc/users.properties");
  }

  @Test
  void theDocumentsOwnRequestIsObeyedAndExplained() throws Exception {
    HttpResponse<String> answer =
        put(
            V1,
            "storageos",
            """
            {
                         "telemetryEnabled": true,
                         "reportErrors": false
                     }""");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("telemetryEnabled").getAsBoolean()).isTrue();
    assertThat(json(answer).get("reportErrors").getAsBoolean()).isFalse();
    assertThat(explain("errors").get("allowed").getAsBoolean()).isFalse();
    assertThat(explain("usage").get("allowed").getAsBoolean()).isTrue();
    assertThat(karaf.etc().text(CONSENT)).as("only ever read").isEqualTo(consentBefore);

    put(V1, "storageos", "{\"telemetryEnabled\": false}");
    assertThat(explain("usage").get("allowed").getAsBoolean()).isFalse();
    assertThat(explain("usage").get("decidedBy").getAsString()).isEqualTo("answers");
    assertThat(explain("version-check").get("allowed").getAsBoolean()).isFalse();
    assertThat(SharedSegment.state(karaf.channel())).isEqualTo("off");

    karaf.run("telemetry:enable usage");
    assertThat(json(get(V2, "storageos")).get("disableTelemetry").getAsBoolean()).isFalse();
    assertThat(json(get(V1, "storageos")).get("telemetryEnabled").getAsBoolean()).isFalse();
  }

  @Test
  void karafsUsersAndRolesDecideWhoMay() throws Exception {
    assertThat(http.send(request(V1).build(), text()).statusCode()).isEqualTo(401);
    assertThat(get(V1, "nobody").statusCode()).isEqualTo(401);
    assertThat(get(V1, "onlooker").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = put(V1, "onlooker", "{\"telemetryEnabled\": false}");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(json(refused).get("message").getAsString()).contains("onlooker", "manager");
    assertThat(explain("usage").get("allowed").getAsBoolean()).isTrue();
  }

  @Test
  void aStaleVersionChangesNothing() throws Exception {
    String version = json(get(V2, "karaf")).get("version").getAsString();
    karaf.run("telemetry:disable errors");
    String body = "{\"disableCrashReporting\": false, \"version\": \"%s\"}";
    HttpResponse<String> stale = put(V2, "karaf", body.formatted(version));
    assertThat(stale.statusCode()).isEqualTo(412);
    assertThat(explain("errors").get("allowed").getAsBoolean()).isFalse();
    String now = json(get(V2, "karaf")).get("version").getAsString();
    assertThat(put(V2, "karaf", body.formatted(now)).statusCode()).isEqualTo(200);
    assertThat(explain("errors").get("allowed").getAsBoolean()).isTrue();
  }

  @Test
  void aNoAbortsWhatIsInFlight() throws Exception {
    get(V1, "karaf");
    segment.server().hangs();
    CompletableFuture<Answer> sending = CompletableFuture.supplyAsync(this::send);
    Eventually.await(
        "the report at the endpoint",
        Duration.ofSeconds(10),
        segment.server()::seen,
        seen -> !seen.isEmpty());
    long begin = System.nanoTime();
    HttpResponse<String> answer = put(V1, "karaf", "{\"telemetryEnabled\": false}");
    Duration answered = Duration.ofNanos(System.nanoTime() - begin);
    Answer aborted = sending.get(10, TimeUnit.SECONDS);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    System.out.println("PUT answered after " + answered + ", in-flight aborted after " + took);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answered)
        .as("100 ms, and what two busy cores add")
        .isLessThan(Duration.ofMillis(500));
    assertThat(took)
        .as("not by the request's own timeout of 2 s")
        .isLessThan(Duration.ofSeconds(1));
    assertThat(aborted.exit()).isEqualTo(1);
    assertThat(aborted.text()).contains("withdrawn");
    assertThat(SharedSegment.queued(karaf.channel())).isZero();
  }

  @Test
  void whateverClientsHoldOpenTheAdministratorIsAnsweredAndNothingIsLeft() throws Exception {
    assertThat(get("/v1/status", "karaf").statusCode()).isEqualTo(200);
    long before = descriptors();
    List<Socket> sockets = new ArrayList<>();
    try {
      for (String kind : List.of("", "GET / HT", SLOW)) {
        for (int i = 0; i < 400; i++) {
          Socket socket = new Socket("127.0.0.1", port);
          sockets.add(socket);
          socket.getOutputStream().write(kind.getBytes(StandardCharsets.US_ASCII));
        }
        long begin = System.nanoTime();
        assertThat(get("/v1/upgrade", "karaf").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(descriptors()).as("64 of one address").isLessThan(before + 100);
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    Eventually.await(
        "descriptors as before",
        Duration.ofSeconds(20),
        this::descriptors,
        now -> now <= before + 5);
  }

  private long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + karaf.pid() + "/fd"))) {
      return open.count();
    }
  }

  @Test
  void wrongPasswordsLockNobodyOutAndEachIsALineInTheSecurityLog() throws Exception {
    Path log = karaf.base().resolve("data/log/security.log");
    String line = "Authentication failed - account \"storageos\" - address 127.0.0.1 - way http";
    long before = lines(log, line);
    String wrong = "Basic " + Base64.getEncoder().encodeToString("storageos:guess".getBytes());
    for (int i = 0; i < 10; i++) {
      HttpResponse<String> refused =
          http.send(request(V1).header("Authorization", wrong).build(), text());
      assertThat(refused.statusCode()).isEqualTo(401);
    }
    long begin = System.nanoTime();
    assertThat(get(V1, "storageos").statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    Eventually.await(
        "a line for each",
        Duration.ofSeconds(5),
        () -> lines(log, line),
        lines -> lines >= before + 10);
  }

  private static long lines(Path log, String text) throws IOException {
    if (!Files.exists(log)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }

  @Test
  void theFeatureGoesWithoutATraceAndComesBack() throws Exception {
    ProbeBundle probe = new ProbeBundle(karaf);
    try {
      put(V1, "storageos", "{\"telemetryEnabled\": true}");
      get(V2, "nobody");
      assertThat(probe.ask("hold org\\.candor\\.rest")).containsExactly("org.candor.rest");
      assertThat(probe.ask("threads")).anyMatch(RestIT::isOfRest);
      karaf.run("feature:uninstall candor-console candor-rest");
      assertThat(probe.ask("threads")).noneMatch(RestIT::isOfRest);
      Eventually.await("no class loader", COLLECTED, () -> probe.ask("held"), List::isEmpty);
    } finally {
      karaf.run("feature:install candor-rest candor-console");
      karaf.run("bundle:uninstall org.candor.itest.probe");
    }
    KarafInstance.awaitPort(port);
    assertThat(get(V1, "karaf").statusCode()).isEqualTo(200);
  }

  private static boolean isOfRest(String thread) {
    return thread.matches("(candor-rest|HTTP-Dispatcher|idle-timeout).*");
  }

  private Answer send() {
    try {
      return karaf.command("telemetry:send segment");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private JsonObject explain(String purpose) throws Exception {
    return karaf.run("telemetry:explain " + purpose + " --json").object();
  }

  private HttpResponse<String> get(String path, String user) throws Exception {
    return http.send(request(path).header("Authorization", basic(user)).build(), text());
  }

  private HttpResponse<String> put(String path, String user, String body) throws Exception {
    return http.send(
        request(path)
            .header("Authorization", basic(user))
            .header("Content-Type", "application/json; charset=utf-8")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        text());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(15));
  }

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  /** Of a user whose password is the name. */
  private static String basic(String user) {
    byte[] both = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }
}
