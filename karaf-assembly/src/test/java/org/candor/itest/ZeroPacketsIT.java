package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.candor.http.testing.NeedsPeer;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Folder;
import org.candor.itest.harness.Island;
import org.candor.itest.harness.Island.Packet;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.candor.itest.harness.SentryServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Candor alone in a network of its own, where every packet that leaves is seen. */
@NeedsPeer(
    value = {"ip", "tcpdump", "bash", "curl"},
    root = true)
@TestMethodOrder(OrderAnnotation.class)
@Tag("measures")
class ZeroPacketsIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("island");

  private static final String CHILD = "org.candor.source.crash-child";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int DNS = 53;

  private static Island island;

  private final KarafInstance karaf = KARAF.get();

  @BeforeAll
  static void open() throws Exception {
    island = new Island();
    KARAF.get().on(island);
  }

  @AfterAll
  static void close() throws Exception {
    KARAF.get().close();
    island.close();
  }

  @Test
  @Order(1)
  void whenAllIsForbiddenNotOnePacketLeaves() throws Exception {
    everythingIsConfigured();
    karaf
        .etc()
        .write(
            "org.candor.consent",
            "usage = false\nerrors = false\nversionCheck = false\ngrace = 0\n");
    karaf.boot();
    severalDueTimes("off");
    assertThat(channels()).allMatch(channel -> state(channel).equals("off"));
    assertThat(channels()).allMatch(channel -> channel.get("bytesSinceOff").getAsLong() == 0);
    assertThat(island.packets()).isEmpty();
    assertThat(karaf.run("telemetry:sent --json").object().getAsJsonArray("entries")).isEmpty();
  }

  @Test
  @Order(2)
  void whenOnePurposeIsForbiddenOnlyTheOthersPacketsAreSeen() throws Exception {
    try (SegmentServer segment = new SegmentServer(island.shore());
        SentryServer sentry = new SentryServer(island.shore())) {
      karaf.etc().set("org.candor.sink.segment", "endpoint", segment.url());
      karaf.etc().set("org.candor.sink.sentry", "dsn", sentry.dsn());
      awaitEndpoint("segment", segment.url());
      awaitEndpoint("sentry", sentry.endpoint());
      awaitEndpoint("sentry-crash", sentry.endpoint());
      int segmentPort = port(segment.url());
      int sentryPort = port(sentry.endpoint());

      // What the file forbade is turned on by answers, once it does not say so any more.
      karaf.etc().write("org.candor.consent", "grace = 0\n");
      Eventually.await(
          "nothing forbidden by the file",
          SOON,
          () -> karaf.command("telemetry:enable errors version-check"),
          answer -> answer.exit() == 0);
      List<Packet> withoutUsage = packetsWithout("usage", sentry);
      assertThat(ports(withoutUsage)).containsExactlyInAnyOrder(sentryPort, DNS);
      assertThat(segment.visits()).isZero();
      assertThat(sentry.seen()).allMatch(envelope -> envelope.component().startsWith("child-"));

      int before = sentry.seen().size();
      List<Packet> withoutErrors = packetsWithout("errors", sentry);
      assertThat(ports(withoutErrors)).containsExactlyInAnyOrder(segmentPort, sentryPort, DNS);
      assertThat(sentry.seen().stream().skip(before))
          .allMatch(envelope -> envelope.component().isEmpty());

      List<Packet> withoutVersionCheck = packetsWithout("version-check", sentry);
      assertThat(ports(withoutVersionCheck)).containsExactlyInAnyOrder(segmentPort, sentryPort);
    }
    karaf.run("telemetry:disable");
    for (String name : List.of("segment", "sentry", "sentry-crash", "dns")) {
      awaitChannel(name, channel -> state(channel).equals("off"));
    }
    island.packets();
    assertThat(channels()).allMatch(channel -> channel.get("bytesSinceOff").getAsLong() == 0);
  }

  @Test
  @Order(3)
  void beforeTheGraceIsOverNotOnePacketLeaves() throws Exception {
    karaf.run("telemetry:enable");
    karaf.stop();
    new Folder(karaf.base().resolve("var")).delete();
    everythingIsConfigured();
    karaf
        .etc()
        .write(
            "org.candor.consent", "usage = true\nerrors = true\nversionCheck = true\ngrace = 1h\n");
    island.packets();
    karaf.boot();
    severalDueTimes("grace");
    assertThat(channels()).allMatch(channel -> state(channel).equals("grace"));
    assertThat(island.packets()).isEmpty();
  }

  /** Names that have to be looked up, so that even the attempt would be seen. */
  private void everythingIsConfigured() throws IOException {
    karaf.etc().set("org.candor.sink.segment", "endpoint", "http://segment.test");
    karaf.etc().set("org.candor.sink.segment", "writeKey", "a-key");
    karaf.etc().set("org.candor.sink.sentry", "dsn", "http://0123456789abcdef@sentry.test/7");
    karaf.etc().set("org.candor.sink.dns", "zone", "upgrades.test");
    karaf.etc().set("org.candor.identity", "product", "p");
    karaf.etc().set("org.candor.identity", "version", "1.0.0");
    karaf.etc().set("org.candor.http", "connectTimeout", "1s");
    for (String channel : List.of("segment", "sentry", "dns")) {
      karaf.etc().set("org.candor.channel-" + channel, "interval", "1s");
    }
    karaf
        .etc()
        .write(
            "org.candor.rest.product-shop",
            "key = the-key-of-the-shop\norigins = http://shop.test\n");
    karaf.etc().write(CHILD, crashing("child-0", "always"));
  }

  /** Long enough for several reports; a child crashes again and again meanwhile. */
  private void severalDueTimes(String state) throws Exception {
    Eventually.await(
        "the page view to be taken note of",
        SOON,
        this::viewAPage,
        answer -> answer.contains("\"state\":\"" + state + "\""));
    for (String name : List.of("segment", "sentry", "sentry-crash", "dns")) {
      karaf.run("telemetry:preview " + name);
      assertThat(karaf.command("telemetry:send " + name).exit()).isEqualTo(1);
    }
    karaf.run("telemetry:upgrade");
    Eventually.await(
        "three crashes",
        SOON,
        () -> karaf.run("telemetry:crashes --json").object().getAsJsonArray("crashes").size(),
        count -> count >= 3);
  }

  /** As a product's web page tells of it. */
  private String viewAPage() throws IOException {
    return island.inside(
        "curl",
        "-sS",
        "--retry-connrefused",
        "--retry",
        "5",
        "-H",
        "Origin: http://shop.test",
        "-H",
        "Content-Type: application/json",
        "-d",
        "{\"key\":\"the-key-of-the-shop\",\"events\":[{\"type\":\"page\",\"path\":\"/cart\"}]}",
        "http://127.0.0.1:" + karaf.httpPort() + "/v1/events");
  }

  /** Has everything reported that one may report while this purpose is forbidden. */
  private List<Packet> packetsWithout(String forbidden, SentryServer sentry) throws Exception {
    karaf.run("telemetry:disable " + forbidden);
    for (String purpose : List.of("usage", "errors", "version-check")) {
      if (!purpose.equals(forbidden)) {
        karaf.run("telemetry:enable " + purpose);
      }
    }
    for (JsonObject channel : channels()) {
      boolean off = channel.get("purpose").getAsString().equals(forbidden);
      awaitChannel(channel.get("name").getAsString(), now -> off == state(now).equals("off"));
    }
    island.packets();
    int before = sentry.seen().size();
    String component = "child-without-" + forbidden;
    karaf.etc().write(CHILD, crashing(component, "never"));
    for (String name : List.of("segment", "sentry", "dns")) {
      karaf.command("telemetry:send " + name);
    }
    awaitCrash(component, forbidden.equals("errors") ? "withheld" : "delivered");
    if (!forbidden.equals("usage")) {
      Eventually.await(
          "the inventory",
          SOON,
          () -> sentry.seen().stream().skip(before).toList(),
          seen -> seen.stream().anyMatch(envelope -> envelope.component().isEmpty()));
    }
    return island.packets();
  }

  private void awaitCrash(String component, String outcome) throws Exception {
    Eventually.await(
        component + " " + outcome,
        SOON,
        () -> karaf.run("telemetry:crashes --json").object().getAsJsonArray("crashes").asList(),
        crashes ->
            crashes.stream()
                .map(JsonElement::getAsJsonObject)
                .filter(crash -> crash.get("component").getAsString().equals(component))
                .anyMatch(crash -> crash.get("outcome").getAsString().equals(outcome)));
  }

  private void awaitEndpoint(String name, String part) throws Exception {
    awaitChannel(name, channel -> channel.get("endpoint").getAsString().startsWith(part));
  }

  private void awaitChannel(String name, Predicate<JsonObject> condition) throws Exception {
    Eventually.await("channel " + name, SOON, () -> karaf.channel(name), condition);
  }

  private List<JsonObject> channels() throws IOException {
    return karaf
        .run("telemetry:status --json")
        .object()
        .getAsJsonArray("channels")
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static String crashing(String component, String restart) {
    return "command = sh -c 'kill -SEGV $$'\ncomponent = %s\nrestart = %s\n"
        .formatted(component, restart);
  }

  private static Set<Integer> ports(List<Packet> packets) {
    return packets.stream().map(Packet::port).collect(java.util.stream.Collectors.toSet());
  }

  private static String state(JsonObject channel) {
    return channel.get("state").getAsString();
  }

  private static int port(String url) {
    return java.net.URI.create(url).getPort();
  }
}
