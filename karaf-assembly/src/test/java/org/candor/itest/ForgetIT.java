package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.candor.itest.harness.Answer;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.candor.itest.harness.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An installation becomes one that nobody has heard of. */
@TestMethodOrder(OrderAnnotation.class)
class ForgetIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("forget");

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String IDENTITY = "org.candor.identity";

  private final KarafInstance karaf = KARAF.get();
  private SegmentServer server;

  @BeforeEach
  void open() throws Exception {
    server = new SegmentServer();
    karaf.etc().set("org.candor.consent", "grace", "0");
    karaf.etc().set("org.candor.sink.segment", "writeKey", "a-key");
    karaf.etc().set("org.candor.sink.segment", "endpoint", server.url());
    karaf.etc().set("org.candor.channel-segment", "interval", "30d");
    karaf.etc().set(IDENTITY, "customerKey", "the-owners-own");
    if (!karaf.isRunning()) {
      karaf.boot();
    }
    Eventually.await(
        "endpoint " + server.url(),
        SOON,
        karaf::channel,
        channel -> channel.get("endpoint").getAsString().equals(server.url()));
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  @Order(1)
  void queueJournalAndIdentityAreNewAndTheOldOnesNowhere() throws Exception {
    // The id may be the owner's.
    assertThat(previewWith("the-owners-cluster-4711")).contains("the-owners-own");
    karaf.run("telemetry:send segment");
    server.answers(503, "", "later");
    karaf.command("telemetry:send segment");
    assertThat(SharedSegment.queued(karaf.channel())).isEqualTo(1);
    Map<String, String> before = karaf.ids();
    String secret = karaf.secret();
    karaf.run("telemetry:disable errors");

    assertThat(karaf.command("telemetry:forget").exit()).as("without a terminal").isEqualTo(1);
    assertThat(asked("no")).contains("Erase it (yes/no):", "Nothing was erased.");
    assertThat(karaf.command("onlooker", "telemetry:forget -f").exit()).isNotZero();
    assertThat(karaf.ids()).isEqualTo(before);

    JsonObject forgotten = karaf.run("telemetry:forget -f --json").object();
    List<String> old = values(forgotten.getAsJsonArray("ids"));
    assertThat(old).contains(before.get("clusterId"), before.get("nodeId"));
    assertThat(forgotten.getAsJsonArray("sentTo").toString())
        .isEqualTo("[{\"channel\":\"segment\",\"endpoint\":\"" + server.url() + "\"}]");
    assertThat(values(forgotten.getAsJsonArray("kept"))).contains("the-owners-own");

    assertThat(karaf.run("telemetry:sent --json").object().getAsJsonArray("entries")).isEmpty();
    assertThat(karaf.run("telemetry:sent --verify --json").out()).contains("\"intact\":true");
    assertThat(SharedSegment.queued(karaf.channel())).isZero();
    assertThat(karaf.channel("sentry-crash").get("state").getAsString())
        .as("the no")
        .isEqualTo("off");
    Map<String, String> after = karaf.ids();
    assertThat(UUID.fromString(after.get("clusterId"))).isNotNull();
    assertThat(after.values()).doesNotContainAnyElementsOf(before.values());
    assertThat(forgotten.get("newIds").getAsString()).endsWith("etc/org.candor.identity.ids");
    assertThat(forgotten.getAsJsonArray("retired").toString()).isEqualTo("[\"clusterId\"]");
    assertThat(karaf.etc().text(IDENTITY))
        .as("the owner's file is only read")
        .contains("customerKey = the-owners-own", "clusterId = the-owners-cluster-4711");
    assertThat(karaf.secret()).hasSize(64).isNotEqualTo(secret);

    assertThat(karaf.run("telemetry:preview segment").out())
        .contains(after.get("clusterId"))
        .doesNotContain(old);
    server.takes();
    int taken = server.taken().size();
    karaf.run("telemetry:send segment");
    assertThat(server.taken()).hasSize(taken + 1);
    assertThat(server.taken().get(taken).messages().get(0).get("anonymousId").getAsString())
        .isEqualTo(after.get("clusterId"));
    assertThat(server.taken().get(taken).text()).doesNotContain(old);

    old.add(secret);
    assertNowhere(karaf.base().resolve("var/candor"), old);
    assertNowhere(karaf.base().resolve("etc"), old);

    previewWith("the-owners-next");
  }

  @Test
  @Order(2)
  void whatIsInFlightIsAbortedAndLeavesNoTrace() throws Exception {
    Map<String, String> before = karaf.ids();
    server.hangs();
    CompletableFuture<Answer> sending =
        CompletableFuture.supplyAsync(() -> unchecked("telemetry:send segment"));
    Eventually.await("the report at the endpoint", SOON, server::seen, seen -> !seen.isEmpty());
    long begin = System.nanoTime();
    String said = asked("yes");
    System.out.println("Asked and forgotten: " + Duration.ofNanos(System.nanoTime() - begin));
    assertThat(said).contains("The old ids, shown this once:", before.get("clusterId"));
    sending.get(20, TimeUnit.SECONDS);
    assertThat(karaf.run("telemetry:sent --json").object().getAsJsonArray("entries")).isEmpty();
    assertThat(SharedSegment.queued(karaf.channel())).isZero();
    assertNowhere(karaf.base().resolve("var/candor"), before.values());
  }

  @Test
  @Order(3)
  void whatAKillInterruptedIsFinishedAtTheNextStart() throws Exception {
    server.answers(503, "", "later");
    karaf.command("telemetry:send segment");
    Map<String, String> before = karaf.ids();
    String secret = karaf.secret();
    karaf.kill();
    // As a kill leaves it right after it has begun.
    Files.writeString(
        karaf.base().resolve("etc/org.candor.forget"),
        "directory = " + karaf.base().resolve("var/candor") + "\nids = clusterId was-told\n");
    server.takes();
    int seen = server.seen().size();
    karaf.boot();
    Eventually.await("what was begun", SOON, karaf::ids, now -> !now.equals(before));
    karaf.run("telemetry:send segment");
    assertThat(server.seen().stream().skip(seen).map(batch -> batch.text()))
        .isNotEmpty()
        .noneMatch(text -> before.values().stream().anyMatch(text::contains));
    assertThat(karaf.base().resolve("etc/org.candor.forget")).doesNotExist();
    assertThat(karaf.log())
        .anyMatch(line -> line.contains("was interrupted") && line.contains("clusterId was-told"));
    List<String> old = new ArrayList<>(before.values());
    old.add(secret);
    assertNowhere(karaf.base().resolve("var/candor"), old);
    assertNowhere(karaf.base().resolve("etc"), old);
  }

  /** File Install writes back what it takes, in place; on a busy machine it can lose an edit. */
  private String previewWith(String clusterId) throws Exception {
    return Eventually.await(
        "what the owner set",
        Duration.ofSeconds(30),
        () -> {
          karaf
              .etc()
              .set(IDENTITY, Map.of("clusterId", clusterId, "customerKey", "the-owners-own"));
          return karaf.run("telemetry:preview segment").out();
        },
        preview -> preview.contains(clusterId));
  }

  private Answer unchecked(String line) {
    try {
      return karaf.command(line);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The command at a terminal, with this answer to its question. */
  private String asked(String answer) throws Exception {
    try (Terminal terminal = karaf.terminal()) {
      terminal.type("telemetry:forget\n");
      terminal.awaitText("(yes/no):");
      terminal.type(answer + "\n");
      return terminal.logout();
    }
  }

  private static List<String> values(JsonArray named) {
    List<String> values = new ArrayList<>();
    for (JsonElement element : named) {
      values.add(element.getAsJsonObject().get("value").getAsString());
    }
    return values;
  }

  private static void assertNowhere(Path folder, Iterable<String> texts) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.endsWith("etc/" + IDENTITY + ".cfg"))
              .toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content).as(file.toString()).doesNotContain(texts);
      }
    }
  }
}
