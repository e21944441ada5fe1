package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.candor.itest.harness.Batch;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.candor.itest.harness.UiSender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The process ends by kill -9 while a product's pages send: what it has said yes to arrives. */
class UiKillIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("ui-kill");

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String CHANNEL = "segment-ui";
  private static final String ORIGIN = "https://shop.example";
  private static final String KEY = "shop-key-1";
  private static final int SENDERS = 4;

  private final KarafInstance karaf = KARAF.get();
  private final List<UiSender> senders = new ArrayList<>();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private SegmentServer server;

  @BeforeEach
  void open() throws Exception {
    server = new SegmentServer();
    karaf.etc().set("org.candor.consent", "grace", "0");
    karaf.etc().set("org.candor.sink.segment", "writeKey", "a-key");
    karaf.etc().set("org.candor.sink.segment", "endpoint", server.url());
    karaf.etc().set("org.candor.channel-segment", "interval", "30d");
    karaf
        .etc()
        .write(
            "org.candor.rest.product-shop",
            ("key = %s\norigins = %s\nroutes = /cart\nperMinute = 1000000\neventsPerSecond = 100000\n")
                .formatted(KEY, ORIGIN));
    for (int i = 0; i < SENDERS; i++) {
      senders.add(new UiSender(karaf.httpPort(), ORIGIN, KEY));
    }
  }

  @AfterEach
  void close() throws Exception {
    senders.forEach(UiSender::close);
    karaf.kill();
    server.close();
  }

  @Test
  void whatWasAcknowledgedArrivesOnceWhateverTheKillFellInto() throws Exception {
    karaf.start();
    awaitMore("deliveries", () -> server.taken().size());
    killAtAnyMoment();
    Set<String> perhapsUnnoted = Set.copyOf(last(server.taken()).messageIds());

    server.hangs();
    karaf.start();
    awaitMore("a delivery that hangs", () -> server.seen().size());
    awaitMore("events behind it", () -> acknowledged().size());
    killAtAnyMoment();

    server.takes();
    karaf.boot();
    for (UiSender sender : senders) {
      sender.finish();
    }
    Eventually.await(
        "nothing queued",
        SOON,
        () -> karaf.channel(CHANNEL),
        channel -> SharedSegment.queued(channel) == 0);

    String which = "seed " + seed;
    String cluster =
        last(server.taken())
            .messages()
            .get(0)
            .getAsJsonObject("properties")
            .get("clusterId")
            .getAsString();
    List<String> expected = acknowledged().stream().map(id -> message(cluster, id)).toList();
    List<String> taken = new ArrayList<>(server.takenIds());
    assertThat(minus(expected, taken)).as("acknowledged and lost, " + which).isEmpty();
    assertThat(minus(taken, expected)).as("invented, " + which).isEmpty();
    Set<String> once = new HashSet<>();
    taken.removeIf(once::add);
    assertThat(taken).as("taken twice, " + which).isSubsetOf(perhapsUnnoted);
    assertSame(server.seen());
    assertThat(karaf.run("telemetry:sent --verify --json").object().get("intact").getAsBoolean())
        .isTrue();
    assertThat(noted()).as(which).isEqualTo(expected.stream().sorted().toList());
    assertThat(SharedSegment.state(karaf.channel(CHANNEL))).isEqualTo("active");
    System.out.println(
        "2 kills, "
            + expected.size()
            + " page views acknowledged, "
            + senders.stream().mapToLong(UiSender::repeated).sum()
            + " came again, "
            + taken.size()
            + " left twice under the same id");
  }

  private void awaitMore(String what, Count count) throws Exception {
    int before = count.get();
    Eventually.await(what + ", seed " + seed, SOON, count::get, now -> now > before);
  }

  private interface Count {
    int get();
  }

  /** The moment of the kill, not a wait for anything. */
  private void killAtAnyMoment() throws InterruptedException {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1500)));
    karaf.kill();
  }

  private static Set<String> minus(List<String> some, List<String> others) {
    Set<String> left = new TreeSet<>(some);
    left.removeAll(Set.copyOf(others));
    return left;
  }

  private List<String> acknowledged() {
    return senders.stream().flatMap(sender -> sender.acknowledged().stream()).toList();
  }

  /** The id that the message of a page view gets, see the class WebWriter. */
  private static String message(String cluster, String event) {
    String name = cluster + "\n" + event + "\npage";
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static Batch last(List<Batch> batches) {
    return batches.get(batches.size() - 1);
  }

  private void assertSame(List<Batch> attempts) {
    Map<String, JsonObject> byId = new HashMap<>();
    for (Batch batch : attempts) {
      for (JsonObject message : batch.messages()) {
        String id = message.get("messageId").getAsString();
        assertThat(message)
            .as("seed " + seed)
            .isEqualTo(byId.computeIfAbsent(id, first -> message));
      }
    }
  }

  /**
   * The messages of the payloads that are delivered, sorted: their entries have the number and the
   * digest of them, and the payloads that are kept beside have them all.
   */
  private List<String> noted() throws Exception {
    List<String> messages = new ArrayList<>();
    for (String line : karaf.run("telemetry:sent --export").out().lines().toList()) {
      JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
      if (entry.has("channel")
          && entry.get("channel").getAsString().equals(CHANNEL)
          && entry.get("outcome").getAsString().equals("DELIVERED")) {
        messages.addAll(unfolded(entry));
      }
    }
    return messages.stream().sorted().toList();
  }

  private List<String> unfolded(JsonObject entry) throws Exception {
    String id = entry.get("id").getAsString();
    String payload = karaf.run("telemetry:sent --payload " + id).out();
    List<String> ids = new ArrayList<>();
    JsonParser.parseString(payload)
        .getAsJsonObject()
        .getAsJsonArray("batch")
        .forEach(message -> ids.add(message.getAsJsonObject().get("messageId").getAsString()));
    String text = ids.stream().sorted().map(each -> each + "\n").collect(Collectors.joining());
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    assertThat(entry.getAsJsonObject("messages"))
        .hasToString(
            "{\"count\":"
                + ids.size()
                + ",\"digest\":\""
                + HexFormat.of().formatHex(digest)
                + "\"}");
    return ids;
  }
}
