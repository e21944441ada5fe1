package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * This build is unpacked over an installation of the last one that kept state in files of its
 * owner's; what that left is in the resources.
 */
@Tag("long")
class UpgradeIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("upgraded");

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String EARLIER = "upgrade/3519a4a.zip";
  private static final String CLUSTER_ID = "5f282fb0-3455-4cfc-a7f6-e599f0e40535";
  private static final String NODE_ID = "b15bb046-8cb3-4146-b5fa-8ab972da621e";
  private static final String QUEUED = "c560a72e-3734-4e3b-ac09-05236e0db72e";

  /** The pseudonyms of the cluster and of the node, as the earlier build makes them. */
  private static final String PSEUDONYMS =
      "qbjot2tqh89so5km2mt8h6ev68.29nhkcv8hjgignhod8665cj730.p.v1.t.example";

  /** The digest of the journal's last entry, as the earlier build printed it. */
  private static final String HEAD =
      "4836fde1077e3b9f464b2a8b54e66b3f00c9c732e807d0cf87922f63c4f21bc9";

  private static final String PAYLOAD = "26eb4dbb-d58b-3727-aa2c-41b7ae00fe40";

  private final KarafInstance karaf = KARAF.get();

  @Test
  void whatAnEarlierBuildKeptIsTakenOver() throws Exception {
    Map<String, byte[]> earlier = unpack();
    assertThat(text(earlier, "etc/org.candor.identity.cfg")).contains(CLUSTER_ID, NODE_ID);
    try (SegmentServer server = new SegmentServer()) {
      karaf.etc().set("org.candor.consent", "grace", "10m");
      karaf.etc().set("org.candor.sink.segment", "endpoint", server.url());
      // What is queued is as old as the fixture.
      karaf.etc().set("org.candor.store", "maxAge", "3650d");
      // Nobody listens there.
      karaf
          .etc()
          .set("org.candor.sink.dns", Map.of("zone", "t.example", "resolver", "127.0.0.1:1"));
      karaf.boot();
      theQueuedMessageIsDelivered(server);
    }
    theIdentityIsTheSame(earlier);
    theAnswersHold();
    theJournalGoesOn(text(earlier, "old.export"));
    assertThat(karaf.base().resolve("etc/org.candor.consent.remembered")).doesNotExist();
    assertThat(karaf.base().resolve("etc/org.candor.fields.told")).doesNotExist();
    assertThat(karaf.base().resolve("etc/org.candor.announced"))
        .content()
        .contains("segment\tdestination\t-", "clusterId");
    assertThat(karaf.log())
        .filteredOn(line -> line.contains("WARN") || line.contains("ERROR"))
        .filteredOn(line -> line.contains("org.candor"))
        .as("nothing else for the owner to do")
        .allMatch(line -> line.contains("waits for the feature candor-kubernetes"));
    assertThat(karaf.command("telemetry:enable errors").exit()).isEqualTo(1);
    assertThat(karaf.run("telemetry:enable version-check").out())
        .contains("version-check is allowed");
  }

  private void theQueuedMessageIsDelivered(SegmentServer server) throws Exception {
    Eventually.await("the delivery", SOON, server::takenIds, ids -> ids.contains(QUEUED));
    assertThat(server.taken().get(0).id()).isEqualTo(PAYLOAD);
    SharedSegment.awaitEmpty(karaf);
    assertThat(server.takenIds()).doesNotHaveDuplicates();
    assertThat(karaf.channel("segment-ui").get("state").getAsString()).isEqualTo("active");
  }

  private void theIdentityIsTheSame(Map<String, byte[]> earlier) throws IOException {
    assertThat(karaf.run("telemetry:preview segment").out()).contains(CLUSTER_ID);
    assertThat(karaf.ids()).isEqualTo(Map.of("clusterId", CLUSTER_ID, "nodeId", NODE_ID));
    assertThat(karaf.secret()).isEqualTo(text(earlier, "etc/org.candor.identity.secret").strip());
    assertThat(karaf.run("telemetry:preview dns").out()).contains(PSEUDONYMS);
    assertThat(text(karaf, "etc/org.candor.identity.cfg"))
        .as("the owner's, from now on")
        .isEqualTo(text(earlier, "etc/org.candor.identity.cfg"));
  }

  private void theAnswersHold() throws IOException {
    JsonObject usage = explain("usage");
    assertThat(usage.get("allowed").getAsBoolean()).isTrue();
    assertOff("errors", "file", "errors = false in etc/org.candor.consent.cfg");
    assertOff(
        "version-check",
        "cluster-spec",
        "spec.disableVersionCheck = true in StorageOSCluster storageos/example");
    assertThat(karaf.channel("sentry-crash").get("state").getAsString()).isEqualTo("off");
    assertThat(karaf.channel("dns").get("state").getAsString()).isEqualTo("off");
    assertThat(text(karaf, "etc/org.candor.consent.answers"))
        .contains("spec.disableVersionCheck", "errors = false");
  }

  private void assertOff(String purpose, String layer, String why) throws IOException {
    JsonObject explanation = explain(purpose);
    assertThat(explanation.get("allowed").getAsBoolean()).as(purpose).isFalse();
    assertThat(explanation.get("decidedBy").getAsString()).isEqualTo(layer);
    assertThat(explanation.getAsJsonArray("layers").toString()).contains(why);
  }

  private JsonObject explain(String purpose) throws IOException {
    return karaf.run("telemetry:explain " + purpose + " --json").object();
  }

  private void theJournalGoesOn(String before) throws Exception {
    String now = karaf.run("telemetry:sent --export").out();
    assertThat(before).doesNotContain("\"kind\"");
    assertThat(now).startsWith(before);
    assertThat(now.substring(before.length())).contains("\"kind\":\"attempt\"", "DELIVERED");
    assertThat(now).contains("\"kind\":\"consent\"");
    assertThat(karaf.run("telemetry:sent --verify --json").out()).contains("\"intact\":true");
    Path export = Files.writeString(karaf.base().resolve("data/tmp/journal.jsonl"), now);
    Process check =
        new ProcessBuilder("bin/check-journal", export.toString(), HEAD)
            .directory(karaf.base().toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(check.exitValue()).as(printed).isZero();
    assertThat(printed).contains("the noted head is entry 4", "intact");
  }

  private Map<String, byte[]> unpack() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream stream = UpgradeIT.class.getResourceAsStream(EARLIER);
        ZipInputStream zip = new ZipInputStream(stream)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          byte[] content = zip.readAllBytes();
          files.put(entry.getName(), content);
          if (entry.getName().contains("/")) {
            Path file = karaf.base().resolve(entry.getName());
            Files.createDirectories(file.getParent());
            Files.write(file, content);
          }
        }
      }
    }
    return files;
  }

  private static String text(Map<String, byte[]> files, String name) {
    return new String(files.get(name), StandardCharsets.UTF_8);
  }

  private static String text(KarafInstance karaf, String name) throws IOException {
    return Files.readString(karaf.base().resolve(name));
  }
}
