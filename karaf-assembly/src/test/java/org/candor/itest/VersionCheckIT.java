package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.candor.http.testing.NeedsPeer;
import org.candor.http.testing.PeerProcess;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The vendor makes a key and a zone, BIND serves it, and this Karaf learns of an upgrade. */
@NeedsPeer("named")
class VersionCheckIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final String ZONE = "upgrades.test";
  private static final Duration EDIT = Duration.ofSeconds(6);

  private final KarafInstance karaf = KARAF.get();
  private Path folder;

  @AfterEach
  void close() throws Exception {
    for (String key : List.of("zone", "publicKey", "resolver")) {
      karaf.etc().set("org.candor.sink.dns", key, "");
    }
    karaf.etc().set("org.candor.identity", "product", "");
    karaf.etc().set("org.candor.identity", "version", "");
    awaitEndpoint("");
  }

  @Test
  void aSignedAnswerIsNewsOnceAndAForgedOneIsRefused() throws Exception {
    folder = Files.createDirectories(karaf.base().resolve("data/tmp/vendor"));
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
    karaf.etc().set("org.candor.identity", "product", "p");
    karaf.etc().set("org.candor.identity", "version", "1.0.0");
    karaf.etc().set("org.candor.sink.dns", "publicKey", publicKey);
    try (PeerProcess named = PeerProcess.start("named", this::configuration)) {
      pointTo(named.place());
      assertThat(karaf.run("telemetry:preview dns").out()).contains(".v1." + ZONE + ". IN TXT");

      assertThat(karaf.run("telemetry:send dns").out()).contains("delivered", "NOERROR");
      JsonObject news = upgrade();
      assertThat(news.get("running").getAsString()).isEqualTo("1.0.0");
      assertThat(news.get("newest").getAsString()).isEqualTo("2.0.0");
      assertThat(news.get("severity").getAsString()).isEqualTo("required");
      assertThat(news.get("signed").getAsBoolean()).isTrue();
      assertThat(karaf.run("telemetry:notice").out()).contains("Version 2.0.0 is out");
      karaf.run("telemetry:send dns");
      assertThat(karaf.log()).filteredOn(line -> line.contains("Version 2.0.0 is out")).hasSize(1);

      karaf.etc().set("org.candor.sink.dns", "publicKey", key("other.pem"));
      Eventually.await(
          "the answer to be refused",
          EDIT,
          () -> {
            karaf.run("telemetry:send dns");
            return karaf.log();
          },
          log -> log.stream().anyMatch(line -> line.contains("signature does not fit")));
      assertThat(upgrade().get("severity").getAsString())
          .as("what is known stays")
          .isEqualTo("required");
      JsonObject asked = karaf.run("telemetry:decode --json " + question()).object();
      assertThat(asked.get("version").getAsString()).isEqualTo("1.0.0");
      assertThat(asked.get("clusterId").getAsString()).matches("[0-9a-f]{32}");
    }
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
        .orElseThrow()
        .split(" ")[0];
  }

  private JsonObject upgrade() throws Exception {
    return karaf.run("telemetry:upgrade --json").object();
  }

  private void pointTo(String place) throws Exception {
    karaf.etc().set("org.candor.sink.dns", "resolver", place);
    karaf.etc().set("org.candor.sink.dns", "zone", ZONE);
    awaitEndpoint(place);
    Eventually.await(
        "version 1.0.0", EDIT, this::upgrade, u -> u.get("running").getAsString().equals("1.0.0"));
  }

  private void awaitEndpoint(String part) throws Exception {
    Eventually.await(
        "endpoint with " + part,
        EDIT,
        () -> karaf.channel("dns").get("endpoint").getAsString(),
        endpoint -> part.isEmpty() ? !endpoint.contains(ZONE) : endpoint.contains(part));
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
