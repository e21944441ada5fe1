package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.candor.itest.harness.Batch;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole path, from this Karaf's own health to the embedded receiver. */
class DeliveryIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private final KarafInstance karaf = KARAF.get();

  @Test
  void whatIsPreviewedArrivesAndIsRecorded() throws Exception {
    int port = KarafInstance.freePort();
    karaf
        .etc()
        .write(
            "org.candor.receiver",
            "port = %d\ndnsPort = %d\n".formatted(port, KarafInstance.freePort()));
    karaf.run("feature:install candor-receiver");
    KarafInstance.awaitPort(port);
    String url = "http://127.0.0.1:" + port;
    karaf.etc().set("org.candor.sink.segment", "endpoint", url);
    Eventually.await(
        "endpoint " + url,
        Duration.ofSeconds(6),
        karaf::channel,
        channel -> channel.get("endpoint").getAsString().equals(url));

    Batch preview = new Batch(karaf.run("telemetry:preview segment").out());
    assertThat(received(url)).isEmpty();
    assertThat(karaf.run("telemetry:send segment").out()).contains("delivered", "HTTP 200");

    JsonArray received = received(url);
    assertThat(received).hasSize(1);
    JsonObject entry = received.get(0).getAsJsonObject();
    assertThat(entry.get("channel").getAsString()).isEqualTo("segment");
    Batch batch = new Batch(entry.get("body").getAsString());
    assertThat(batch.messages().get(0).get("event").getAsString()).isEqualTo("health");
    assertThat(batch.keys())
        .contains(
            "clusterId",
            "health-unit-jvm-total",
            "health-unit-components-unhealthy",
            "health-unit-org-candor-core-total",
            "health-unit-org-apache-karaf-shell-core-unhealthy",
            "health-unit-other-bundles-total");
    assertThat(batch.properties().get("health-unit-org-candor-core-unhealthy").getAsInt()).isZero();
    assertThat(batch.withoutIdsAndTimes()).isEqualTo(preview.withoutIdsAndTimes());
    assertThat(karaf.run("telemetry:received --json").json()).isEqualTo(received);

    assertThat(karaf.run("telemetry:sent --payload " + batch.id()).out()).isEqualTo(batch.text());
    JsonObject sent =
        karaf
            .run("telemetry:sent --json --count 1")
            .object()
            .getAsJsonArray("entries")
            .get(0)
            .getAsJsonObject();
    assertThat(sent.get("id").getAsString()).isEqualTo(batch.id());
    assertThat(sent.get("outcome").getAsString()).isEqualTo("delivered");
    assertThat(sent.get("bytes").getAsLong()).isEqualTo(entry.get("bytes").getAsLong());
    assertThat(sent.get("endpoint").getAsString()).isEqualTo(url);
    assertThat(karaf.run("telemetry:sent --verify --json").object().get("intact").getAsBoolean())
        .isTrue();
    karaf.run("feature:uninstall candor-receiver");
  }

  private static JsonArray received(String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/received"))
            .timeout(Duration.ofSeconds(10))
            .build();
    return JsonParser.parseString(
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body())
        .getAsJsonArray();
  }
}
