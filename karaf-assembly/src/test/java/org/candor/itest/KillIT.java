package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.candor.itest.harness.Batch;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.candor.itest.harness.StoreScan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The process ends by kill -9: nothing that was accepted is lost or sent under a second id. */
@Tag("long")
@TestMethodOrder(OrderAnnotation.class)
class KillIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("kill");

  private static final Duration BOOT = Duration.ofSeconds(90);

  private static SegmentServer server;

  private final KarafInstance karaf = KARAF.get();

  @BeforeAll
  static void open() throws Exception {
    KarafInstance karaf = KARAF.get();
    server = new SegmentServer();
    karaf.etc().set("org.candor.consent", "grace", "0");
    karaf.etc().set("org.candor.sink.segment", "writeKey", "a-key");
    karaf.etc().set("org.candor.sink.segment", "endpoint", server.url());
    karaf.etc().set("org.candor.channel-segment", "interval", "30d");
  }

  /** Each goes on with the process that the one before it ended with. */
  @BeforeEach
  void start() throws Exception {
    if (!karaf.isRunning()) {
      karaf.boot();
    }
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
  }

  @Test
  @Order(1)
  void whatWasInFlightArrivesUnderTheSameIdAfterTheRestart() throws Exception {
    server.hangs();
    CompletableFuture<Void> sending = CompletableFuture.runAsync(this::sendAndBeKilled);
    Eventually.await("the report at the endpoint", BOOT, server::seen, s -> !s.isEmpty());
    Batch inFlight = server.seen().get(0);
    karaf.kill();
    sending.get(30, TimeUnit.SECONDS);
    assertThat(server.taken()).isEmpty();

    server.takes();
    System.out.println("Boot to shell and channels, not the first: " + karaf.boot());
    Eventually.await("the same report", BOOT, server::taken, taken -> !taken.isEmpty());
    SharedSegment.awaitEmpty(karaf);
    assertThat(server.takenIds()).isEqualTo(inFlight.messageIds());
    assertThat(server.taken().get(0).messages()).isEqualTo(inFlight.messages());
    assertThat(outcomes(inFlight.id())).containsExactly("interrupted", "delivered");
    assertIntact();
  }

  @Test
  @Order(2)
  void whatIsWholeInADamagedOutboxArrivesUnderTheSameId() throws Exception {
    int seen = server.seen().size();
    Set<String> earlier = Set.copyOf(server.takenIds());
    server.answers(503, "", "later");
    karaf.command("telemetry:send segment");
    Batch refused = server.seen().get(seen);
    karaf.kill();
    Path outbox = karaf.base().resolve("var/candor/outbox.mv");
    try (RandomAccessFile file = new RandomAccessFile(outbox.toFile(), "rw")) {
      file.write(new byte[8192]);
    }

    server.takes();
    karaf.boot();
    Eventually.await("the same report", BOOT, server::takenIds, ids -> ids.size() > earlier.size());
    SharedSegment.awaitEmpty(karaf);
    assertThat(server.takenIds())
        .filteredOn(id -> !earlier.contains(id))
        .isEqualTo(refused.messageIds());
    assertThat(karaf.log()).anyMatch(line -> line.contains("outbox.mv.set-aside-"));
    assertIntact();
  }

  private void sendAndBeKilled() {
    try {
      karaf.command("telemetry:send segment");
    } catch (Exception e) {
      // The connection ends with the process.
    }
  }

  @Test
  @Order(3)
  void killsAtAnyMomentLoseNothingAndInventNothing() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<String> earlier = Set.copyOf(server.takenIds());
    int begin = server.seen().size();
    Set<String> accepted = new TreeSet<>();
    List<Integer> moods = new ArrayList<>(List.of(0, 1, 2, random.nextInt(3)));
    Collections.shuffle(moods, random);
    karaf.etc().set("org.candor.channel-segment", "interval", "1s");
    for (int mood : moods) {
      switch (mood) {
        case 0 -> server.takes();
        case 1 -> server.answers(500, "", "oops");
        default -> server.hangs();
      }
      // A report that is not answered keeps the next ones from being made.
      int awaited = server.seen().size() + (mood == 0 ? 1 + random.nextInt(3) : 1);
      if (!karaf.isRunning()) {
        karaf.start();
      }
      Eventually.await("reports", BOOT, () -> server.seen().size(), seen -> seen >= awaited);
      // The moment of the kill, not a wait for anything.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1200)));
      karaf.kill();
      accepted.addAll(new StoreScan(karaf.base()).messages());
    }
    server.takes();
    karaf.etc().set("org.candor.channel-segment", "interval", "30d");
    karaf.boot();
    SharedSegment.awaitEmpty(karaf);
    assertIntact();
    accepted.addAll(journaled());
    karaf.kill();
    accepted.addAll(new StoreScan(karaf.base()).messages());
    accepted.removeAll(earlier);

    String which = "seed " + seed;
    Set<String> taken = new TreeSet<>(server.takenIds());
    assertThat(taken).as(which).containsAll(ids(server.seen()));
    taken.removeAll(earlier);
    assertThat(taken).as(which).isEqualTo(accepted);
    Map<String, JsonObject> byId = new HashMap<>();
    for (Batch batch : server.seen()) {
      for (JsonObject message : batch.messages()) {
        String id = message.get("messageId").getAsString();
        assertThat(message).as(which).isEqualTo(byId.computeIfAbsent(id, i -> message));
      }
    }
    System.out.println(
        moods.size()
            + " kills, "
            + accepted.size()
            + " reports, "
            + (server.seen().size() - begin)
            + " attempts");
  }

  /** Ids of all messages that the journal has an attempt at. */
  private Set<String> journaled() throws Exception {
    Set<String> ids = new TreeSet<>();
    for (String line : karaf.run("telemetry:sent --export").out().lines().toList()) {
      JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
      if (entry.has("messages")) {
        entry.getAsJsonArray("messages").forEach(id -> ids.add(id.getAsString()));
      }
    }
    return ids;
  }

  private static List<String> ids(List<Batch> batches) {
    return batches.stream().flatMap(batch -> batch.messageIds().stream()).toList();
  }

  private void assertIntact() throws Exception {
    JsonObject verification = karaf.run("telemetry:sent --verify --json").object();
    assertThat(verification.get("intact").getAsBoolean()).isTrue();
  }

  private List<String> outcomes(String payload) throws Exception {
    List<String> outcomes = new ArrayList<>();
    StreamSupport.stream(
            karaf.run("telemetry:sent --json").object().getAsJsonArray("entries").spliterator(),
            false)
        .map(JsonElement::getAsJsonObject)
        .filter(entry -> entry.get("id").getAsString().equals(payload))
        .forEach(entry -> outcomes.add(entry.get("outcome").getAsString()));
    return outcomes;
  }
}
