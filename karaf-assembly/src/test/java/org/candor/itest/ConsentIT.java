package org.candor.itest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.candor.itest.harness.Answer;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Off is off, whoever says it and however. */
class ConsentIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final String FILE = "org.candor.consent";

  /** Two seconds as promised, and what two busy cores add. */
  private static final Duration OBEYED = Duration.ofSeconds(3);

  private final KarafInstance karaf = KARAF.get();
  private SharedSegment segment;
  private String asBefore;

  @BeforeEach
  void open() throws Exception {
    segment = new SharedSegment(karaf);
    asBefore = karaf.etc().text(FILE);
  }

  @AfterEach
  void close() throws Exception {
    // A no that is taken back within seconds may count as undone by Karaf.
    karaf.run("telemetry:enable");
    karaf.etc().write(FILE, asBefore);
    Eventually.await(
        "allowed again",
        Duration.ofSeconds(6),
        karaf::channel,
        channel -> !SharedSegment.state(channel).equals("off"));
    segment.server().takes();
    segment.send();
    segment.awaitDelivery();
    segment.close();
  }

  @Test
  void noErasesWhatIsQueuedAbortsWhatIsInFlightAndIsKeptInTheFile() throws Exception {
    segment.send();
    segment.server().answers(503, "", "busy");
    assertThat(karaf.command("telemetry:send segment").exit()).isEqualTo(1);
    karaf.run("telemetry:disable usage");
    Eventually.await("queue", OBEYED, karaf::channel, c -> SharedSegment.queued(c) == 0);
    assertThat(newest().get("outcome").getAsString()).isEqualTo("withdrawn");
    assertThat(newest().get("answer").getAsString()).contains("1 queued message was erased");

    assertThat(karaf.etc().text(FILE))
        .isEqualTo(asBefore.replaceFirst("(?m)^usage =.*$", "usage = false"));
    JsonObject explanation = karaf.run("telemetry:explain usage --json").object();
    assertThat(explanation.get("allowed").getAsBoolean()).isFalse();
    assertThat(explanation.get("decidedBy").getAsString()).isEqualTo("configuration");
    assertThat(explanation.getAsJsonArray("layers").toString())
        .contains("usage = false in etc/org.candor.consent.cfg", "DISABLE_TELEMETRY");
    int visits = segment.server().visits();
    Answer refused = karaf.command("telemetry:send segment");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.text()).contains("off", "Forbidden by configuration");
    assertThat(karaf.run("telemetry:preview segment").out()).contains("\"event\":\"health\"");
    assertThat(segment.server().visits()).isEqualTo(visits);
    assertThat(karaf.channel().get("bytesSinceOff").getAsLong()).isZero();
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
  void fromTheChangeToTheLastByteItTakesNoTenthOfASecondByCommandAndNoTwoSecondsByHand()
      throws Exception {
    Duration shell = untilTheConnectionEnds(() -> karaf.run("telemetry:disable usage"));
    karaf.run("telemetry:enable usage");
    Duration api = untilTheConnectionEnds(this::putANo);
    karaf.run("telemetry:enable usage");
    Duration hand = untilTheConnectionEnds(() -> karaf.etc().set(FILE, "usage", "false"));
    System.out.println(
        "From the change to the last byte: shell " + shell + ", API " + api + ", file " + hand);
    assertThat(shell).isLessThan(Duration.ofMillis(100));
    assertThat(api).isLessThan(Duration.ofMillis(100));
    assertThat(hand).isLessThan(Duration.ofSeconds(2));
  }

  private void putANo() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + karaf.httpPort() + "/v1/telemetry"))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString("karaf:karaf".getBytes(US_ASCII)))
            .PUT(HttpRequest.BodyPublishers.ofString("{\"telemetryEnabled\":false}"))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** From the moment the answer is in the file to the end of a report's connection. */
  private Duration untilTheConnectionEnds(Change change) throws Exception {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<Instant> left = new CompletableFuture<>();
    segment
        .server()
        .misbehaves(
            visit -> {
              visit.read();
              begun.complete(true);
              visit.untilLeft();
              left.complete(Instant.now());
            });
    CompletableFuture<Answer> sending = CompletableFuture.supplyAsync(this::send);
    begun.get(10, TimeUnit.SECONDS);
    change.make();
    Instant end = left.get(10, TimeUnit.SECONDS);
    sending.get(10, TimeUnit.SECONDS);
    Instant changed = Files.getLastModifiedTime(karaf.etc().file(FILE)).toInstant();
    return Duration.between(changed, end);
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
  void aFileEditedByHandIsObeyedWithinTwoSeconds() throws Exception {
    for (String word : List.of("true", "false")) {
      karaf.etc().set(FILE, "usage", word);
      long begin = System.nanoTime();
      Eventually.await(
          "usage = " + word,
          OBEYED,
          karaf::channel,
          c -> SharedSegment.state(c).equals("off") == word.equals("false"));
      System.out.println(
          "usage = " + word + " obeyed after " + Duration.ofNanos(System.nanoTime() - begin));
      assertThat(karaf.channel().get("decidedBy").getAsString()).isEqualTo("configuration");
    }
  }

  @Test
  void configPropertySetIsAWordOfTheOwnerToo() throws Exception {
    karaf.run("config:property-set -p org.candor.consent usage false");
    Eventually.await(
        "off", OBEYED, karaf::channel, channel -> SharedSegment.state(channel).equals("off"));
    assertThat(karaf.etc().text(FILE)).containsPattern("(?m)^usage ?= ?false");
    assertThat(karaf.run("telemetry:enable usage").out()).contains("usage");
    assertThat(SharedSegment.state(karaf.channel())).isNotEqualTo("off");
    // Karaf may write over it once more, and Candor again.
    Eventually.await(
        "the yes in the file",
        OBEYED,
        () -> karaf.etc().text(FILE),
        text -> text.matches("(?ms).*^usage ?= ?true.*"));
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
