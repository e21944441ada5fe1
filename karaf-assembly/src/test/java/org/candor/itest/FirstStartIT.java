package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.candor.itest.harness.Answer;
import org.candor.itest.harness.Batch;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A distribution as it comes out of the box, and what its owner's first answers become. */
@TestMethodOrder(OrderAnnotation.class)
class FirstStartIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("first-start");

  private static String shippedIdentity = "";

  private final KarafInstance karaf = KARAF.get();

  @Test
  @Order(1)
  void bootsOfflineSaysWhatItWillDoAndSendsNothingBeforeTheGraceIsOver() throws Exception {
    try (SegmentServer segment = new SegmentServer()) {
      karaf.etc().set("org.candor.sink.segment", "endpoint", segment.url());
      shippedIdentity = karaf.etc().text("org.candor.identity");
      karaf.boot();

      JsonObject shipped = karaf.channel();
      assertThat(shipped.get("name").getAsString()).isEqualTo("segment");
      assertThat(shipped.get("state").getAsString()).isEqualTo("unconfigured");
      assertThat(shipped.get("advice").getAsString()).contains("writeKey");
      assertThat(karaf.bundlesNotActive()).isEmpty();
      assertThat(karaf.run("feature:list -i --no-format").out())
          .contains("candor-segment")
          .doesNotContain("candor-receiver");

      karaf.etc().set("org.candor.sink.segment", "writeKey", "a-key");
      karaf.etc().set("org.candor.channel-segment", "interval", "1s");
      JsonObject waiting = karaf.awaitState("grace", Duration.ofSeconds(5));
      assertThat(waiting.get("advice").getAsString()).contains("telemetry:preview segment");
      Answer refused = karaf.command("telemetry:send segment");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.text()).contains("grace", "Nothing leaves before");
      assertThat(karaf.run("telemetry:preview segment").out()).contains("\"event\":\"health\"");
      assertThat(segment.visits()).isZero();

      karaf.etc().set("org.candor.consent", "grace", "0");
      Eventually.await("first report", Duration.ofSeconds(10), segment::taken, t -> !t.isEmpty());
      assertThat(karaf.log())
          .anyMatch(
              line ->
                  line.contains("segment: health of this installation goes to " + segment.url())
                      && line.contains("telemetry:disable usage stops it"));
      assertThat(karaf.base().resolve("no-repository"))
          .as("nothing was looked for outside the distribution")
          .satisfiesAnyOf(
              path -> assertThat(path).doesNotExist(), path -> assertThat(path).isEmptyDirectory());
      assertThat(Files.exists(karaf.base().resolve(".m2"))).isFalse();
      List<Path> made = made();
      assertThat(made).hasSizeGreaterThan(8);
      for (Path one : made) {
        assertForItsOwnerAlone(one);
      }
    }
  }

  /** What Candor has made in its folder and in etc/. */
  private List<Path> made() throws IOException {
    Path var = karaf.base().resolve("var/candor");
    try (Stream<Path> state = Files.walk(var);
        Stream<Path> etc = Files.list(karaf.base().resolve("etc"))) {
      return Stream.concat(state, etc.filter(FirstStartIT::isState)).toList();
    }
  }

  private static boolean isState(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("org.candor.") && !name.endsWith(".cfg");
  }

  private static void assertForItsOwnerAlone(Path made) throws IOException {
    try {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .as(made.toString())
          .isEqualTo(Files.isDirectory(made) ? "rwx------" : "rw-------");
    } catch (NoSuchFileException e) {
      // A file that is about to take another's place.
    }
  }

  @Test
  @Order(2)
  void aNoAndTheIdentityOutliveTheDataFolderAndTheEnvironmentIsStricterThanAYes() throws Exception {
    Map<String, String> identity = karaf.ids();
    assertThat(identity.get("clusterId")).matches("[0-9a-f-]{36}");
    assertThat(karaf.etc().text("org.candor.identity"))
        .as("the owner's file is only read")
        .isEqualTo(shippedIdentity);
    karaf.run("telemetry:disable usage");
    karaf.stop();

    try (SegmentServer segment = new SegmentServer()) {
      karaf.etc().set("org.candor.sink.segment", "endpoint", segment.url());
      String store = karaf.etc().text("org.candor.store").replace("maxAge", "MAXAGE");
      karaf.etc().write("org.candor.store", store);
      karaf.boot("clean");
      assertThat(karaf.log())
          .as("a key in another case does not keep it from starting")
          .anyMatch(line -> line.contains("etc/org.candor.store.cfg: MAXAGE is read as maxAge"));
      JsonObject off = karaf.channel();
      assertThat(off.get("state").getAsString()).isEqualTo("off");
      assertThat(off.get("decidedBy").getAsString()).isEqualTo("answers");
      assertThat(karaf.command("telemetry:send segment").exit()).isEqualTo(1);
      assertThat(new Batch(karaf.run("telemetry:preview segment").out()).properties())
          .satisfies(
              properties ->
                  assertThat(identity)
                      .containsEntry("clusterId", properties.get("clusterId").getAsString()));
      System.out.println("Stop: " + karaf.stop());

      karaf.environment("DISABLE_TELEMETRY", "1").boot();
      Answer refused = karaf.command("telemetry:enable usage");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.text())
          .contains("usage stays off, because environment forbids it: DISABLE_TELEMETRY=1");
      assertThat(karaf.channel().get("state").getAsString()).isEqualTo("off");
      assertThat(karaf.run("telemetry:consent --history --json").out())
          .as("another environment than before is a change on record")
          .contains("\"way\":\"environment\"");
      assertThat(karaf.command("telemetry:send segment").exit()).isEqualTo(1);
      assertThat(karaf.ids()).isEqualTo(identity);
      assertThat(segment.visits()).isZero();
    }
  }
}
