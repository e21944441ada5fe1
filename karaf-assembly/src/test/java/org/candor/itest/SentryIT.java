package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import org.candor.http.testing.SocketServer;
import org.candor.itest.harness.Envelope;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The daily report, from a StorageOS cluster's API to a Sentry. */
class SentryIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private final KarafInstance karaf = KARAF.get();
  private SharedSentry sentry;

  @BeforeEach
  void open() throws Exception {
    sentry = new SharedSentry(karaf);
  }

  @AfterEach
  void close() throws Exception {
    sentry.close();
  }

  @Test
  void theDailyReportArrivesAsItIsPreviewed() throws Exception {
    Envelope preview = new Envelope(karaf.run("telemetry:preview sentry").out());
    assertThat(sentry.server().seen()).isEmpty();
    assertThat(karaf.run("telemetry:send sentry").out()).contains("delivered", "HTTP 200");
    Envelope arrived = sentry.server().taken().get(0);
    assertThat(arrived.withoutIdsAndTimes().strip())
        .isEqualTo(preview.withoutIdsAndTimes().strip());

    JsonObject event = arrived.event();
    assertThat(event.get("level").getAsString()).isEqualTo("info");
    assertThat(event.get("server_name").getAsString()).matches("[0-9a-f]{32}");
    assertThat(event.getAsJsonObject("user").get("id").getAsString()).matches("[0-9a-f]{32}");
    assertThat(event.getAsJsonObject("contexts").getAsJsonObject("runtime").get("version"))
        .isNotNull();
    assertThat(arrived.header().get("sent_at").getAsString()).startsWith("20");
    assertThat(karaf.run("telemetry:sent --payload " + arrived.id()).out())
        .isEqualTo(arrived.text());
    assertThat(karaf.run("telemetry:fields sentry").out()).contains("server_name", "StorageOS");
  }

  @Test
  void theDsnsKeyIsShownNowhere() throws Exception {
    karaf.run("telemetry:send sentry");
    String key = "0123456789abcdef0123456789abcdef";
    for (String command :
        List.of("telemetry:status --json", "telemetry:sent --json", "telemetry:preview sentry")) {
      assertThat(karaf.run(command).out()).as(command).doesNotContain(key);
    }
    assertThat(karaf.log()).noneMatch(line -> line.contains(key));
  }

  @Test
  void aRefusalForNowIsTriedAgainUnderTheSameId() throws Exception {
    sentry.server().answers(503, "", "later");
    assertThat(karaf.command("telemetry:send sentry").exit()).isEqualTo(1);
    Envelope first = sentry.server().seen().get(0);
    sentry.server().takes();
    Envelope second =
        sentry
            .server()
            .await("the same report", Duration.ofSeconds(20), envelope -> true)
            .envelope();
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.event()).isEqualTo(first.event());
    assertThat(second.header().get("sent_at")).isNotEqualTo(first.header().get("sent_at"));
  }

  @Test
  void whatAStorageOsClusterTellsIsInTheReport() throws Exception {
    try (SocketServer cluster =
        SocketServer.http(
            visit -> {
              String target = visit.read().line().split(" ")[1];
              visit.answer(200, "Content-Type: application/json\r\n", body(target));
            })) {
      karaf
          .etc()
          .write(
              "org.candor.source.storageos",
              "apiUrl = %s\napi = v1\nusername = storageos\npassword = a-password\n"
                  .formatted(cluster.uri("")));
      karaf.run("feature:install candor-storageos");
      Eventually.await(
          "the source",
          Duration.ofSeconds(10),
          () -> karaf.run("telemetry:preview sentry").out(),
          preview -> preview.contains("volume_count"));
      karaf.run("telemetry:send sentry");
      JsonObject counts =
          sentry
              .server()
              .taken()
              .get(0)
              .event()
              .getAsJsonObject("contexts")
              .getAsJsonObject("candor");
      assertThat(counts.get("node_count").getAsInt()).isEqualTo(1);
      assertThat(counts.get("volume_count").getAsInt()).isEqualTo(2);
      assertThat(counts.has("partial")).isFalse();
      assertThat(karaf.log()).noneMatch(line -> line.contains("a-password"));
    } finally {
      karaf.run("feature:uninstall candor-storageos");
    }
  }

  private static String body(String target) {
    String json =
        switch (target.replaceAll("\\?.*", "")) {
          case "/v1/nodes" ->
              """
              [{"id":"1","versionInfo":{"storageos":{"version":"1.5.0","goVersion":"go1.12",\
              "apiVersion":"1","os":"linux","arch":"amd64"}}}]""";
          case "/v1/namespaces" -> "[{\"id\":\"1\",\"name\":\"default\"}]";
          case "/v1/namespaces/default/volumes" ->
              "[{\"health\":\"healthy\",\"size\":5},{\"health\":\"degraded\",\"size\":7}]";
          case "/v1/licencing" -> "{\"licenceType\":\"developer\"}";
          default -> "[]";
        };
    return JsonParser.parseString(json).toString();
  }
}
