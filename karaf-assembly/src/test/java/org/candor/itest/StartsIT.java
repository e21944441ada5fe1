package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.candor.http.testing.NeedsPeer;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an answer is worth from one start to the next: other surroundings, a clone, a machine. */
@TestMethodOrder(OrderAnnotation.class)
@Tag("long")
class StartsIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("starts");

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String FILE = "org.candor.consent";
  private static final String A_MACHINE = "0123456789abcdef0123456789abcdef";
  private static final String ANOTHER_MACHINE = "fedcba9876543210fedcba9876543210";

  private static SegmentServer segment;

  private final KarafInstance karaf = KARAF.get();

  @BeforeAll
  static void open() throws Exception {
    segment = new SegmentServer();
  }

  @AfterAll
  static void close() throws Exception {
    segment.close();
  }

  @Test
  @Order(1)
  @NeedsPeer(
      value = {"unshare", "mount", "chroot"},
      root = true)
  void fromTheVeryFirstStartSilenceIsADenialWhereTheFileSaysSo() throws Exception {
    karaf.etc().set(FILE, Map.of("unanswered", "no", "grace", "0"));
    karaf.etc().set("org.candor.sink.segment", "writeKey", "a-key");
    karaf.etc().set("org.candor.sink.segment", "endpoint", segment.url());
    karaf.etc().set("org.candor.channel-segment", "interval", "1s");
    karaf.onMachine(A_MACHINE).environment("DISABLE_VERSION_CHECK", "1").boot();
    karaf.awaitState("off", SOON);
    assertThat(explain(karaf, "usage").toString()).contains("unanswered = no");
    assertThat(segment.visits()).isZero();
    assertThat(karaf.run("telemetry:enable usage").out()).contains("usage is allowed");
    Eventually.await("a report", SOON, segment::taken, taken -> !taken.isEmpty());
    assertThat(allowed(karaf, "errors")).as("not asked for").isFalse();
    assertThat(explain(karaf, "version-check").toString()).contains("DISABLE_VERSION_CHECK=1");
    karaf.stop();
  }

  @Test
  @Order(2)
  void aDenialOutlivesTheVariableThatItCameFrom() throws Exception {
    karaf.etc().set(FILE, Map.of("unanswered", "yes", "grace", "8s"));
    karaf.withoutEnvironment("DISABLE_VERSION_CHECK").boot();
    JsonObject gone = explain(karaf, "version-check");
    assertThat(gone.get("allowed").getAsBoolean()).isFalse();
    assertThat(gone.get("decidedBy").getAsString()).isEqualTo("environment");
    assertThat(gone.toString()).contains("DISABLE_VERSION_CHECK=1", "since ");
    assertThat(karaf.log())
        .filteredOn(line -> line.contains("WARN") && line.contains("version-check stays off"))
        .hasSize(1);
    assertThat(karaf.run("telemetry:consent --history --json").out())
        .contains("\"way\":\"environment\"", "\"way\":\"shell\"");
    assertThat(allowed(karaf, "usage")).as("granted before").isTrue();
    assertThat(karaf.run("telemetry:enable version-check").out())
        .contains("version-check is allowed");
  }

  @Test
  @Order(3)
  void aFileThatTakesBackItsOwnDenialBeginsAGracePeriodAnew() throws Exception {
    Eventually.await(
        "in use",
        SOON,
        karaf::channel,
        channel -> !SharedSegment.state(channel).matches("grace|off"));
    karaf.etc().set(FILE, "usage", "false");
    karaf.etc().awaitTaken(FILE);
    karaf.awaitState("off", SOON);
    karaf.etc().set(FILE, "usage", "true");
    JsonObject waiting = karaf.awaitState("grace", Duration.ofSeconds(8));
    assertThat(waiting.get("advice").getAsString())
        .contains("A file allows usage again", "Nothing leaves before");
    int seen = segment.taken().size();
    karaf.awaitState("active", SOON);
    Eventually.await("a report", SOON, segment::taken, taken -> taken.size() > seen);
    karaf.etc().set(FILE, "usage", "");
  }

  @Test
  @Order(4)
  void aClonedInstanceIsACopy() throws Exception {
    karaf.run("telemetry:enable");
    karaf.run("telemetry:disable errors");
    karaf.etc().set(FILE, "grace", "10m");
    try (KarafInstance clone = karaf.cloned("clone")) {
      clone.boot("clean");
      assertCopy(clone, karaf.ids());
      karaf.run("telemetry:enable errors");
      Eventually.await(
          "its own denial, not its parent's",
          SOON,
          () -> explain(clone, "errors").get("decidedBy").getAsString(),
          "answers"::equals);
      clone.stop();
    }
    karaf.run("telemetry:disable errors");
    karaf.stop();
  }

  @Test
  @Order(5)
  @NeedsPeer(
      value = {"unshare", "mount", "chroot"},
      root = true)
  void onAnotherMachineItIsACopy() throws Exception {
    Map<String, String> before = karaf.ids();
    karaf.onMachine(ANOTHER_MACHINE).boot();
    assertCopy(karaf, before);
    karaf.stop();
    Map<String, String> after = karaf.ids();
    karaf.boot();
    assertThat(karaf.ids()).as("a copy once").isEqualTo(after);
  }

  private static void assertCopy(KarafInstance copy, Map<String, String> original)
      throws Exception {
    copy.awaitState("grace", SOON);
    assertThat(copy.ids().get("clusterId")).isEqualTo(original.get("clusterId"));
    assertThat(copy.ids().get("nodeId"))
        .matches("[0-9a-f-]{36}")
        .isNotEqualTo(original.get("nodeId"));
    assertThat(allowed(copy, "errors")).as("denied in the original").isFalse();
    assertThat(copy.log())
        .filteredOn(line -> line.contains("This is a copy of another installation"))
        .hasSize(1);
  }

  private static boolean allowed(KarafInstance karaf, String purpose) throws IOException {
    return explain(karaf, purpose).get("allowed").getAsBoolean();
  }

  private static JsonObject explain(KarafInstance karaf, String purpose) throws IOException {
    return karaf.run("telemetry:explain " + purpose + " --json").object();
  }
}
