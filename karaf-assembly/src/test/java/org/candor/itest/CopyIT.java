package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.candor.http.testing.NeedsPeer;
import org.candor.itest.harness.Answer;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The folder of an installation is copied to another path: as it is, and prepared for it. */
@TestMethodOrder(OrderAnnotation.class)
@Tag("long")
class CopyIT {

  @RegisterExtension static final Karaf ORIGINAL = Karaf.own("original");

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String COPIED = "This is a copy of another installation";
  private static final String PREPARED = "it starts afresh now, with ids, a secret";

  private static List<String> known = List.of();
  private static Optional<KarafInstance> copied = Optional.empty();

  @AfterAll
  static void close() {
    copied.ifPresent(KarafInstance::close);
  }

  @Test
  @Order(1)
  void aCopyHasTheQueueAndTheDenialsAndWaitsUnderANodeIdOfItsOwn() throws Exception {
    KarafInstance original = ORIGINAL.get();
    try (SegmentServer server = new SegmentServer()) {
      server.answers(503, "", "later");
      configure(original, server);
      original.boot();
      original.awaitState("active", SOON);
      original.run("telemetry:disable errors");
      original.run("telemetry:enable usage");
      original.command("telemetry:send segment");
      assertThat(SharedSegment.queued(original.channel())).isEqualTo(1);
      Map<String, String> ids = original.ids();
      known = List.copyOf(ids.values());
      original.stop();
      server.takes();
      int seen = server.seen().size();

      KarafInstance copy = original.copyAs("copy");
      copied = Optional.of(copy);
      copy.etc().set("org.candor.consent", "grace", "10m");
      copy.boot("clean");
      copy.awaitState("grace", SOON);
      assertThat(copy.command("telemetry:send segment").exit()).isEqualTo(1);
      assertThat(SharedSegment.queued(copy.channel())).as("the queue").isEqualTo(1);
      assertErrorsAreOff(copy);
      assertThat(copy.run("telemetry:preview segment").out()).contains(ids.get("clusterId"));
      assertThat(copy.ids().get("clusterId")).isEqualTo(ids.get("clusterId"));
      assertThat(copy.ids().get("nodeId")).matches("[0-9a-f-]{36}").isNotIn(known);
      assertThat(copy.log()).filteredOn(line -> line.contains(COPIED)).hasSize(1);
      assertThat(server.seen()).as("nothing left").hasSize(seen);
      assertThat(original.ids()).isEqualTo(ids);
    }
  }

  @Test
  @Order(2)
  void anImageHasNothingOfBeforeAndSaysWhatToDo() throws Exception {
    KarafInstance image = copied.orElseThrow();
    String secret = image.secret();
    JsonObject prepared = image.run("telemetry:forget --prepare-image --force --json").object();
    assertThat(
            StreamSupport.stream(prepared.getAsJsonArray("ids").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(id -> id.get("name").getAsString()))
        .contains("clusterId", "nodeId");
    assertThat(image.command("telemetry:preview segment").text()).contains("take the image");
    Eventually.await(
        "what to do",
        SOON,
        () -> image.channel().get("advice").getAsString(),
        advice -> advice.contains("Stop Karaf now and take the image"));
    assertThat(image.ids()).isEmpty();
    image.stop();
    assertNowhere(image.base().resolve("var/candor"), secret);
    assertNowhere(image.base().resolve("etc"), secret);
  }

  @Test
  @Order(3)
  @NeedsPeer(
      value = {"unshare", "mount"},
      root = true)
  void itsCloneStartsForTheFirstTimeAlsoWhereNobodyCanWriteEtc() throws Exception {
    try (KarafInstance clone = copied.orElseThrow().copyAs("clone").withReadOnlyEtc()) {
      clone.boot("clean");
      clone.awaitState("grace", SOON);
      assertThat(SharedSegment.queued(clone.channel())).isZero();
      clone.run("telemetry:preview segment");
      Map<String, String> ids = clone.ids();
      assertThat(ids).containsOnlyKeys("clusterId", "nodeId");
      assertThat(ids.values()).doesNotContainAnyElementsOf(known);
      assertErrorsAreOff(clone);
      assertThat(clone.log()).filteredOn(line -> line.contains(PREPARED)).hasSize(1);
      assertThat(clone.log())
          .as("no line more than the one of the image's own first start")
          .filteredOn(line -> line.contains(COPIED))
          .hasSizeLessThan(2);
      String secret = clone.secret();
      clone.run("telemetry:disable usage");
      Path answers = clone.base().resolve("var/candor/org.candor.consent.answers");
      assertThat(answers).content().contains("\"denial\"", "\"usage\"");
      restart(clone);
      assertThat(SharedSegment.state(clone.channel())).isEqualTo("off");
      assertThat(explain(clone, "usage").toString()).contains("turned off by karaf in the shell");
      assertErrorsAreOff(clone);
      assertThat(clone.run("telemetry:preview segment").out()).contains(ids.get("clusterId"));
      assertThat(clone.ids()).isEqualTo(ids);
      assertThat(clone.secret()).isEqualTo(secret);
      assertThat(clone.base().resolve("etc/org.candor.identity.secret")).doesNotExist();
      assertThat(clone.base().resolve("var/candor/org.candor.announced"))
          .content()
          .contains("clusterId");

      clone.run("telemetry:enable usage");
      restart(clone);
      assertThat(explain(clone, "usage").get("allowed").getAsBoolean()).isTrue();
      assertThat(SharedSegment.state(clone.channel()))
          .as("on, and in the grace period of a first start")
          .isEqualTo("grace");

      aDenialThatCanBeKeptNowhereHoldsAndFailsSayingSo(clone, answers);
    }
  }

  private static void aDenialThatCanBeKeptNowhereHoldsAndFailsSayingSo(
      KarafInstance karaf, Path answers) throws Exception {
    // In the way of the file that takes the place of the present one, for root too.
    Files.createDirectories(
        answers.resolveSibling("." + answers.getFileName() + ".new/in-the-way"));
    Answer failed = karaf.command("telemetry:disable version-check");
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.text())
        .contains("until Karaf restarts", "etc/org.candor.consent.answers", answers.toString());
    assertThat(explain(karaf, "version-check").get("allowed").getAsBoolean()).isFalse();
  }

  private static void restart(KarafInstance karaf) throws Exception {
    karaf.stop();
    karaf.boot();
  }

  private static JsonObject explain(KarafInstance karaf, String purpose) throws IOException {
    return karaf.run("telemetry:explain " + purpose + " --json").object();
  }

  private static void assertErrorsAreOff(KarafInstance karaf) throws IOException {
    assertThat(karaf.channel("sentry-crash").get("state").getAsString())
        .as("the denial")
        .isEqualTo("off");
  }

  private static void configure(KarafInstance karaf, SegmentServer server) throws IOException {
    karaf.etc().set("org.candor.consent", "grace", "0");
    karaf.etc().set("org.candor.sink.segment", "writeKey", "a-key");
    karaf.etc().set("org.candor.sink.segment", "endpoint", server.url());
    karaf.etc().set("org.candor.channel-segment", "interval", "30d");
  }

  private static void assertNowhere(Path folder, String secret) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(known)
            .doesNotContain(secret);
      }
    }
  }
}
