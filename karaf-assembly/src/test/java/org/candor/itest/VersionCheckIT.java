package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.candor.http.testing.NeedsPeer;
import org.candor.http.testing.PeerProcess;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.OddNameServer;
import org.candor.itest.harness.Terminal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The vendor makes a key and a zone, BIND serves it, and this Karaf learns of an upgrade. And what
 * it shows when name servers behave worse.
 */
class VersionCheckIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("version-check");

  private static final String ZONE = "upgrades.test";
  private static final String CFG =
      "etc/org.candor.sink.dns.cfg, then ask again with telemetry:send dns.";
  private static final Duration EDIT = Duration.ofSeconds(30);

  private final KarafInstance karaf = KARAF.get();
  private Path folder;

  @BeforeAll
  static void boot() throws Exception {
    KARAF.get().etc().set("org.candor.consent", "grace", "0");
    KARAF.get().boot();
  }

  @BeforeEach
  void theProductIsKnown() throws Exception {
    karaf.etc().set("org.candor.identity", "version", "1.0.0");
    Eventually.await(
        "version 1.0.0", EDIT, this::upgrade, u -> u.get("running").getAsString().equals("1.0.0"));
  }

  @Test
  @NeedsPeer("named")
  void aSignedAnswerIsNewsOnceAForgedOneIsRefusedAndARestartForgetsNothing() throws Exception {
    String publicKey = vendor();
    String from;
    try (PeerProcess named = PeerProcess.start("named", this::configuration)) {
      pointTo(named.place(), ZONE, publicKey);
      from = "dns:" + ZONE + " via " + named.place();
      assertThat(karaf.run("telemetry:preview dns").out()).contains(".v1." + ZONE + ". IN TXT");

      assertThat(karaf.run("telemetry:send dns").out()).contains("delivered", "NOERROR");
      assertNews(from);
      karaf.run("telemetry:send dns");
      assertThat(karaf.channel("dns").get("state").getAsString()).isEqualTo("active");

      karaf.etc().set("org.candor.sink.dns", "publicKey", key("other.pem"));
      Eventually.await(
          "the answer to be refused",
          EDIT,
          () -> {
            karaf.run("telemetry:send dns");
            return karaf.channel("dns");
          },
          channel -> channel.get("state").getAsString().equals("failing"));
      assertThat(karaf.channel("dns").get("advice").getAsString())
          .isEqualTo(
              "The answer's signature does not match the publicKey: the answer is not the vendor's, or"
                  + " the vendor has a new key. What is known of upgrades stays.");
      assertNews(from);
      JsonObject asked = karaf.run("telemetry:decode --json " + question().split(" ")[0]).object();
      assertThat(asked.get("version").getAsString()).isEqualTo("1.0.0");
      assertThat(asked.get("clusterId").getAsString()).matches("[0-9a-f]{32}");
    }

    karaf.stop();
    karaf.boot();

    Eventually.await(
        "what was known", EDIT, this::upgrade, u -> u.get("newest").getAsString().equals("2.0.0"));
    assertNews(from);
    assertThat(karaf.channel("dns").get("state").getAsString()).isEqualTo("failing");
    assertThat(karaf.channel("dns").get("advice").getAsString()).contains("does not match");
    assertThat(karaf.log())
        .filteredOn(line -> line.contains("signature does not match"))
        .as("said once, also through a restart")
        .hasSize(1);
    try (Terminal terminal = karaf.terminal()) {
      assertThat(terminal.logout())
          .as("the banner of a session")
          .contains("Version 2.0.0 is out; the upgrade is required.");
    }
  }

  private void assertNews(String from) throws Exception {
    JsonObject news = upgrade();
    assertThat(news.get("running").getAsString()).isEqualTo("1.0.0");
    assertThat(news.get("newest").getAsString()).isEqualTo("2.0.0");
    assertThat(news.get("severity").getAsString()).isEqualTo("required");
    assertThat(news.get("url").getAsString()).isEqualTo("https://example.org/2");
    assertThat(news.get("from").getAsString()).isEqualTo(from);
    assertThat(news.get("signed").getAsBoolean()).isTrue();
    assertThat(karaf.run("telemetry:upgrade").out()).contains("From:          " + from);
    assertThat(karaf.run("telemetry:notice").out()).contains("Version 2.0.0 is out");
    assertThat(karaf.log()).filteredOn(line -> line.contains("Version 2.0.0 is out")).hasSize(1);
  }

  @Test
  @NeedsPeer("named")
  void aWrongZoneShowsUntilTheRightOneAnswers() throws Exception {
    String publicKey = vendor();
    try (PeerProcess named = PeerProcess.start("named", this::configuration)) {
      pointTo(named.place(), "wrong." + ZONE, publicKey);
      karaf.run("telemetry:send dns");
      JsonObject failing = karaf.channel("dns");
      assertThat(failing.get("state").getAsString()).isEqualTo("failing");
      assertThat(failing.get("advice").getAsString()).isEqualTo(noSuchName());
      assertThat(failing.get("queued").getAsInt()).isZero();
      assertThat(failing.getAsJsonObject("lost").size()).isZero();
      assertThat(Instant.parse(failing.get("next").getAsString()))
          .as("asked again on the next day")
          .isAfter(Instant.now().plus(Duration.ofHours(19)));

      pointTo(named.place(), ZONE, publicKey);
      Eventually.await(
          "the right zone's answer",
          EDIT,
          () -> {
            karaf.run("telemetry:send dns");
            return karaf.channel("dns");
          },
          channel -> channel.get("advice").getAsString().isEmpty());
      assertThat(karaf.channel("dns").get("state").getAsString()).isEqualTo("active");
    }
  }

  /** What a name server may do, and what {@code telemetry:status} then says. */
  private record Case(String name, OddNameServer.Script script, String advice) {}

  private static List<Case> cases() {
    return List.of(
        new Case(
            "NXDOMAIN",
            query -> OddNameServer.code(query, 3),
            "The name server says that NAME does not exist: check zone in CFG"),
        new Case(
            "NOERROR, nothing",
            query -> OddNameServer.code(query, 0),
            "The name server has no TXT record of NAME: check zone in CFG"),
        new Case(
            "a captive portal",
            query -> OddNameServer.record(query, 1, new byte[] {10, 0, 0, 1}),
            "Instead of a TXT record of NAME came A, as from a captive portal or a resolver that"
                + " answers every name: check zone and resolver in CFG"),
        new Case(
            "a resolver that answers everything",
            query -> OddNameServer.text(query, "v=spf1 -all", 1),
            "The TXT records received are not a vendor's answer, as from a resolver that answers"
                + " every name, or another zone: check zone and resolver in CFG What is known of"
                + " upgrades stays."),
        new Case(
            "a resolver that lies",
            query -> OddNameServer.text(query, "candor=1 product=p newest=", 1),
            "The answer does not say version. What is known of upgrades stays."),
        new Case(
            "64 KB of TXT",
            new OddNameServer.Script() {
              @Override
              public byte[] answer(byte[] query) {
                byte[] truncated = OddNameServer.code(query, 0);
                truncated[2] |= 2;
                return truncated;
              }

              @Override
              public byte[] overTcp(byte[] query) {
                return OddNameServer.text(query, "x".repeat(255), 255);
              }
            },
            "The TXT records of NAME are larger than the 16384 bytes that are read: check zone and"
                + " resolver in CFG"),
        new Case(
            "SERVFAIL",
            query -> OddNameServer.code(query, 2),
            "The last attempt did not get through: PLACE says SERVFAIL"),
        new Case(
            "REFUSED",
            query -> OddNameServer.code(query, 5),
            "The last attempt did not get through: PLACE says REFUSED"),
        new Case(
            "a compression loop",
            OddNameServer::looping,
            "The last attempt did not get through: PLACE answers with something that cannot be read"
                + " (bad compression)"),
        new Case(
            "a wrong id",
            query -> {
              byte[] wrong = OddNameServer.text(query, "candor=1", 1);
              wrong[0] ^= 1;
              return wrong;
            },
            "The last attempt did not get through: PLACE does not answer within 6 s (unrelated"
                + " packets received instead: 1)"),
        new Case(
            "silence",
            query -> new byte[0],
            "The last attempt did not get through: PLACE does not answer within 6 s"));
  }

  @Test
  void eachMisbehaviourIsAStateOfItsOwnAndNoNoise() throws Exception {
    try (OddNameServer server = OddNameServer.open()) {
      server.behave(query -> OddNameServer.code(query, 3));
      pointTo(server.place(), ZONE, "");
      karaf.run("telemetry:send dns");
      int logged = karaf.log().size();
      String name = question().split("\\. ")[0];
      for (Case one : cases()) {
        server.behave(one.script());
        karaf.command("telemetry:send dns");
        JsonObject channel = karaf.channel("dns");
        assertThat(channel.get("state").getAsString()).as(one.name()).isEqualTo("failing");
        assertThat(channel.get("advice").getAsString())
            .as(one.name())
            .isEqualTo(
                one.advice()
                    .replace("NAME", name)
                    .replace("PLACE", server.place())
                    .replace("CFG", CFG));
        assertThat(channel.getAsJsonObject("lost").size()).as(one.name()).isZero();
      }
      List<String> log = karaf.log().subList(logged, karaf.log().size());
      assertThat(log)
          .as("one line when it begins; what is told of the answer began before")
          .filteredOn(line -> line.contains("WARN") || line.contains("ERROR"))
          .singleElement()
          .asString()
          .contains("dns: cannot deliver: " + server.place() + " says SERVFAIL");
      assertThat(log).noneMatch(line -> line.contains("Exception") || line.startsWith("\tat "));
    }
  }

  private String noSuchName() throws Exception {
    return "The name server says that "
        + question().split("\\. ")[0]
        + " does not exist: check zone in "
        + CFG;
  }

  /** Makes the vendor's zone, and the key that belongs to it. */
  private String vendor() throws Exception {
    folder =
        Files.createTempDirectory(Files.createDirectories(karaf.base().resolve("data/tmp")), "v");
    Files.writeString(
        folder.resolve("releases.json"),
        """
        {"product":"p","newest":"2.0.0","url":"https://example.org/2","validFor":"90d",
         "releases":{"1.0.0":"required","2.0.0":"ok"}}""");
    String publicKey = key("vendor.pem");
    Files.writeString(
        folder.resolve("zone"),
        karaf
            .run(
                "telemetry:zone --zone %s --key %s %s"
                    .formatted(ZONE, folder.resolve("vendor.pem"), folder.resolve("releases.json")))
            .out());
    return publicKey;
  }

  private String key(String name) throws Exception {
    return karaf.run("telemetry:key " + folder.resolve(name)).out().strip();
  }

  /** The question as the journal has it. */
  private String question() throws Exception {
    return karaf
        .run("telemetry:preview dns")
        .out()
        .lines()
        .filter(line -> line.contains(ZONE))
        .findFirst()
        .orElseThrow();
  }

  private JsonObject upgrade() throws Exception {
    return karaf.run("telemetry:upgrade --json").object();
  }

  /** In one edit, since File Install may miss one that comes while it reads the one before. */
  private void pointTo(String place, String zone, String publicKey) throws Exception {
    karaf
        .etc()
        .write(
            "org.candor.sink.dns",
            "zone = %s\nresolver = %s\npublicKey = %s\n".formatted(zone, place, publicKey));
    Eventually.await(
        "endpoint " + zone + " via " + place,
        EDIT,
        () -> karaf.channel("dns").get("endpoint").getAsString(),
        ("dns:" + zone + " via " + place)::equals);
  }

  private List<String> configuration(Path directory, int port) throws java.io.IOException {
    Files.copy(folder.resolve("zone"), directory.resolve("zone"));
    Path file =
        Files.writeString(
            directory.resolve("named.conf"),
            """
            options {
              directory "%1$s"; pid-file "%1$s/pid"; session-keyfile "%1$s/session";
              listen-on port %2$d { 127.0.0.1; }; listen-on-v6 { none; };
              recursion no; dnssec-validation no; managed-keys-directory "%1$s";
            };
            controls { };
            zone "%3$s" { type primary; file "zone"; };
            """
                .formatted(directory, port, ZONE));
    return List.of("-g", "-c", file.toString());
  }
}
