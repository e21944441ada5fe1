package org.candor.itest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.candor.itest.harness.Answer;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Off is off, whoever says it and however. */
@Tag("measures")
class ConsentIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String FILE = "org.candor.consent";

  /** Half a second as promised, and what two busy cores add. */
  private static final Duration OBEYED = Duration.ofSeconds(3);

  private final KarafInstance karaf = KARAF.get();
  private SharedSegment segment;
  private Instant begun = Instant.now();
  private String asBefore;

  @BeforeEach
  void open() throws Exception {
    segment = new SharedSegment(karaf);
    asBefore = karaf.etc().text(FILE);
  }

  @AfterEach
  void close() throws Exception {
    karaf.etc().write(FILE, asBefore);
    Eventually.await(
        "the file as it was",
        OBEYED,
        () -> karaf.command("telemetry:enable usage errors version-check segment"),
        answer -> answer.exit() == 0);
    Eventually.await(
        "allowed again",
        Duration.ofSeconds(6),
        karaf::channel,
        channel -> List.of("active", "failing").contains(SharedSegment.state(channel)));
    segment.server().takes();
    segment.send();
    segment.awaitDelivery();
    segment.close();
  }

  @Test
  void offErasesWhatIsQueuedAbortsWhatIsInFlightAndIsKeptInAFileOfItsOwn() throws Exception {
    segment.send();
    segment.server().answers(503, "", "busy");
    assertThat(karaf.command("telemetry:send segment").exit()).isEqualTo(1);
    karaf.run("telemetry:disable usage");
    Eventually.await("queue", OBEYED, karaf::channel, c -> SharedSegment.queued(c) == 0);
    assertThat(newest().get("outcome").getAsString()).isEqualTo("withdrawn");
    assertThat(newest().get("answer").getAsString()).contains("1 queued message was erased");

    assertThat(karaf.etc().text(FILE)).as("only ever read").isEqualTo(asBefore);
    assertThat(karaf.base().resolve("etc/org.candor.consent.answers")).content().contains("denial");
    assertForbiddenBy("answers", "turned off by karaf in the shell");
    int visits = segment.server().visits();
    Answer refused = karaf.command("telemetry:send segment");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.text()).contains("off", "Forbidden by answers");
    assertThat(karaf.run("telemetry:preview segment").out()).contains("\"event\":\"health\"");
    assertThat(segment.server().visits()).isEqualTo(visits);
    assertThat(karaf.channel().get("bytesSinceOff").getAsLong()).isZero();
  }

  /**
   * A file that goes by hand, by Karaf's command, or by an upgrade that unpacks the shipped one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"rm", "config:delete", "shipped"})
  void whatTheShellTurnedOffStaysOffWhateverBecomesOfTheFile(String how) throws Exception {
    karaf.run("telemetry:disable usage");
    vanish(how);
    assertForbiddenBy("answers", "turned off by karaf");
    Answer on = karaf.run("telemetry:enable usage");
    assertThat(on.out()).contains("usage is allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rm", "config:delete", "shipped"})
  void whatTheFileTurnedOffStaysOffWhateverBecomesOfTheFile(String how) throws Exception {
    karaf.etc().set(FILE, "usage", "false");
    awaitOff("file");
    Answer over = karaf.command("telemetry:enable usage errors");
    assertThat(over.exit()).isEqualTo(1);
    assertThat(over.text())
        .contains("errors is allowed", "usage = false in etc/org.candor.consent.cfg");
    HttpResponse<String> conflict = put("http", "{\"telemetryEnabled\":true}");
    assertThat(conflict.statusCode()).isEqualTo(409);
    assertThat(conflict.body()).contains("usage = false in etc/org.candor.consent.cfg");
    int warned = warned();
    vanish(how);
    Eventually.await("one line", OBEYED, this::warned, lines -> lines == warned + 1);
    assertForbiddenBy("file", "usage = false in etc/org.candor.consent.cfg, since ");
    assertThat(karaf.run("telemetry:enable usage").out()).contains("usage is allowed");
    assertThat(warned()).isEqualTo(warned + 1);
  }

  private int warned() throws Exception {
    return (int)
        karaf.log().stream()
            .filter(line -> line.contains("WARN") && line.contains("usage stays off although"))
            .count();
  }

  private void vanish(String how) throws Exception {
    switch (how) {
      case "rm" -> Files.delete(karaf.etc().file(FILE));
      case "config:delete" -> karaf.run("config:delete " + FILE);
      default ->
          Files.copy(
              Path.of(System.getProperty("candor.assembly"), "etc", FILE + ".cfg"),
              karaf.etc().file(FILE),
              StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void aChannelIsTurnedOffAndOnByName() throws Exception {
    segment.server().answers(503, "", "busy");
    assertThat(karaf.command("telemetry:send segment").exit()).isEqualTo(1);
    karaf.run("telemetry:disable segment");
    Eventually.await("queue", OBEYED, karaf::channel, c -> SharedSegment.queued(c) == 0);
    karaf.run("telemetry:enable");
    assertThat(SharedSegment.state(karaf.channel())).isEqualTo("off");
    assertThat(karaf.channel().get("advice").getAsString()).contains("telemetry:enable segment");
    assertThat(karaf.channel("sentry").get("state").getAsString()).isNotEqualTo("off");
    karaf.run("telemetry:enable segment");
    assertThat(SharedSegment.state(karaf.channel())).isNotEqualTo("off");
  }

  @Test
  void silenceIsADenialWhereTheFileSaysSo() throws Exception {
    karaf.run("telemetry:disable version-check");
    karaf.etc().set(FILE, "unanswered", "no");
    assertThat(karaf.run("telemetry:explain usage --json").object().get("allowed").getAsBoolean())
        .as("answered already")
        .isTrue();
    karaf.run("telemetry:enable version-check");
    assertThat(karaf.run("telemetry:explain version-check").out()).contains("is allowed");
  }

  @Test
  void everyChangeIsOnRecordInTheJournalsChain() throws Exception {
    karaf.run("telemetry:disable usage");
    put("http", "{\"reportErrors\":false}");
    put("page", "{\"reportErrors\":true}");
    karaf.run("telemetry:enable usage");
    karaf.etc().set(FILE, "errors", "false");
    awaitOff("errors", "file");
    List<JsonObject> history =
        StreamSupport.stream(
                karaf
                    .run("telemetry:consent --history --json")
                    .object()
                    .getAsJsonArray("changes")
                    .spliterator(),
                false)
            .map(JsonElement::getAsJsonObject)
            .toList();
    Instant seen = Instant.parse(history.get(history.size() - 1).get("at").getAsString());
    Duration recorded =
        Duration.between(Files.getLastModifiedTime(karaf.etc().file(FILE)).toInstant(), seen);
    System.out.println("From a file's write to its denial on record: " + recorded);
    assertThat(recorded).isLessThan(Duration.ofMillis(250));
    List<String> changes =
        history.stream()
            .map(
                change ->
                    String.join(
                        " ",
                        change.get("purpose").getAsString(),
                        change.get("to").getAsString(),
                        change.get("way").getAsString(),
                        change.get("by").getAsString()))
            .toList();
    assertThat(changes.subList(changes.size() - 5, changes.size()))
        .containsExactly(
            "usage denial shell karaf",
            "errors denial http karaf",
            "errors grant page karaf",
            "usage grant shell karaf",
            "errors denial file " + System.getProperty("user.name"));
    assertThat(karaf.run("telemetry:sent --json").out()).doesNotContain("\"kind\":\"consent\"");
    assertThat(karaf.run("telemetry:sent --export").out())
        .contains("\"kind\":\"consent\"", "\"kind\":\"attempt\"");
    assertThat(karaf.run("telemetry:sent --verify --json").out()).contains("\"intact\":true");
    assertThat(karaf.log())
        .anyMatch(line -> line.contains("INFO") && line.contains("errors is off now: answered by"));
  }

  private void assertForbiddenBy(String layer, String why) throws Exception {
    JsonObject explanation = karaf.run("telemetry:explain usage --json").object();
    assertThat(explanation.get("allowed").getAsBoolean()).isFalse();
    assertThat(explanation.get("decidedBy").getAsString()).isEqualTo(layer);
    assertThat(explanation.getAsJsonArray("layers").toString()).contains(why);
  }

  private void awaitOff(String layer) throws Exception {
    awaitOff("usage", layer);
  }

  private void awaitOff(String purpose, String layer) throws Exception {
    Eventually.await(
        purpose + " off by " + layer,
        OBEYED,
        () -> karaf.run("telemetry:explain " + purpose + " --json").object(),
        explanation ->
            !explanation.get("allowed").getAsBoolean()
                && explanation.get("decidedBy").getAsString().equals(layer));
  }

  @Test
  void noAbortsWhatIsInFlight() throws Exception {
    segment.server().hangs();
    CompletableFuture<Answer> sending = CompletableFuture.supplyAsync(this::send);
    Eventually.await(
        "the report at the endpoint",
        Duration.ofSeconds(10),
        segment.server()::seen,
        seen -> !seen.isEmpty());
    long begin = System.nanoTime();
    karaf.run("telemetry:disable usage");
    Answer answer = sending.get(10, TimeUnit.SECONDS);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    System.out.println("Aborted after the owner's no: " + took);
    assertThat(took)
        .as("not by the request's own timeout of 2 s")
        .isLessThan(Duration.ofSeconds(1));
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.text()).contains("withdrawn");
    assertThat(SharedSegment.queued(karaf.channel())).isZero();
    assertThat(outcomes()).endsWith("withdrawn", "withdrawn");
    assertThat(karaf.run("telemetry:sent --payload " + segment.server().seen().get(0).id()).out())
        .as("what may have left is on record")
        .isEqualTo(segment.server().seen().get(0).text());
    assertThat(karaf.run("telemetry:sent --verify --json").out()).contains("\"intact\":true");
  }

  @Test
  void fromTheChangeToTheLastByteItTakesNoTenthOfASecondByAnswerAndNoHalfSecondByHand()
      throws Exception {
    Map<String, Change> answers = new LinkedHashMap<>();
    answers.put("shell", () -> karaf.run("telemetry:disable usage"));
    answers.put("PUT /v1/telemetry", () -> put("http", "{\"telemetryEnabled\":false}"));
    answers.put("page", () -> put("page", "{\"telemetryEnabled\":false}"));
    for (boolean edited : new boolean[] {false, true}) {
      for (Map.Entry<String, Change> answer : answers.entrySet()) {
        assertObeyed(answer.getKey(), edited, answer.getValue());
      }
      String version = version();
      assertObeyed(
          "PUT /v2/cluster",
          edited,
          () ->
              send(
                  "/v2/cluster",
                  "http",
                  "{\"disableTelemetry\":true,\"version\":\"" + version + "\"}"));
    }
    Duration hand = untilTheConnectionEnds(() -> karaf.etc().set(FILE, "usage", "false"));
    System.out.println("From the change to the last byte, file by hand: " + hand);
    assertThat(hand).isLessThan(Duration.ofMillis(500));
  }

  private void assertObeyed(String way, boolean edited, Change change) throws Exception {
    Duration took =
        untilTheConnectionEnds(
            () -> {
              if (edited) {
                // Another key: what it says on usage stays.
                Files.writeString(
                    karaf.etc().file(FILE), asBefore + "\n# edited " + System.nanoTime() + "\n");
              }
              begun = Instant.now();
              change.make();
            });
    System.out.println(
        "From the change to the last byte, "
            + way
            + (edited ? ", right after an edit of the file: " : ": ")
            + took);
    assertThat(took).as(way).isLessThan(Duration.ofMillis(100));
    karaf.run("telemetry:enable usage version-check");
  }

  private String version() throws Exception {
    HttpResponse<String> answer =
        HTTP.send(request("/v2/cluster").GET().build(), HttpResponse.BodyHandlers.ofString());
    return JsonParser.parseString(answer.body()).getAsJsonObject().get("version").getAsString();
  }

  private HttpResponse<String> put(String client, String body) throws Exception {
    return send("/v1/telemetry", client, body);
  }

  private HttpResponse<String> send(String path, String client, String body) throws Exception {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .header("Candor-Client", client)
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + karaf.httpPort() + path))
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString("karaf:karaf".getBytes(US_ASCII)));
  }

  /** From the moment of the change to the end of a report's connection. */
  private Duration untilTheConnectionEnds(Change change) throws Exception {
    CompletableFuture<Boolean> reached = new CompletableFuture<>();
    CompletableFuture<Instant> left = new CompletableFuture<>();
    segment
        .server()
        .misbehaves(
            visit -> {
              visit.read();
              reached.complete(true);
              visit.untilLeft();
              left.complete(Instant.now());
            });
    CompletableFuture<Answer> sending = CompletableFuture.supplyAsync(this::send);
    reached.get(10, TimeUnit.SECONDS);
    begun = Instant.now();
    change.make();
    Instant end = left.get(10, TimeUnit.SECONDS);
    sending.get(10, TimeUnit.SECONDS);
    return Duration.between(begun, end);
  }

  @FunctionalInterface
  private interface Change {
    void make() throws Exception;
  }

  private Answer send() {
    try {
      return karaf.command("telemetry:send segment");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFileEditedByHandIsObeyedAndTakesBackItsOwnDenialOnly() throws Exception {
    for (String value : List.of("true", "false", "true")) {
      karaf.etc().set(FILE, "usage", value);
      Eventually.await(
          "usage = " + value,
          OBEYED,
          karaf::channel,
          c -> SharedSegment.state(c).equals("off") == value.equals("false"));
    }
    karaf.run("telemetry:disable usage");
    karaf.etc().set(FILE, "usage", "");
    karaf.etc().set(FILE, "usage", "true");
    assertForbiddenBy("answers", "turned off by karaf");
  }

  @Test
  void configPropertySetIsTheFilesSettingToo() throws Exception {
    karaf.run("config:property-set -p org.candor.consent usage false");
    awaitOff("file");
    assertThat(karaf.etc().text(FILE)).containsPattern("(?m)^usage ?= ?false");
    karaf.run("config:property-set -p org.candor.consent usage true");
    Eventually.await(
        "on again", OBEYED, karaf::channel, channel -> !SharedSegment.state(channel).equals("off"));
    assertThat(karaf.run("telemetry:enable usage").out()).contains("usage is allowed");
  }

  private JsonObject newest() throws Exception {
    return karaf
        .run("telemetry:sent --json --count 1")
        .object()
        .getAsJsonArray("entries")
        .get(0)
        .getAsJsonObject();
  }

  private List<String> outcomes() throws Exception {
    return StreamSupport.stream(
            karaf.run("telemetry:sent --json").object().getAsJsonArray("entries").spliterator(),
            false)
        .map(JsonElement::getAsJsonObject)
        .map(entry -> entry.get("outcome").getAsString())
        .toList();
  }
}
