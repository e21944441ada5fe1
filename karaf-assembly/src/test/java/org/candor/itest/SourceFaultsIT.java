package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.SocketServer.Script;
import org.candor.http.testing.Visit;
import org.candor.itest.harness.Batch;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A DC/OS cluster as a source of the running system, well and ill. */
class SourceFaultsIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  /** Half a second, with the looking and what two busy cores add. */
  private static final Duration OBEYED = Duration.ofSeconds(3);

  private static final String TWO_NODES =
      """
      {"Units":{"dcos-a.service":{"UnitName":"dcos-a.service","Nodes":[
         {"Leader":true,"Role":"master","IP":"10.0.0.1","Host":"","Health":0,
          "Output":{"dcos-a.service":""},"MesosID":"m1"},
         {"Leader":false,"Role":"agent","IP":"10.0.0.2","Host":"","Health":1,
          "Output":{"dcos-a.service":"it broke"},"MesosID":"m2"}],
         "Health":1,"Title":"t","Timestamp":"2026-11-21T18:59:09Z","PrettyName":"p"}},
       "Nodes":{"10.0.0.1":{"Leader":true,"Role":"master","IP":"10.0.0.1","Host":"","Health":0,
          "Output":{},"Units":[],"MesosID":"m1"},
         "10.0.0.2":{"Leader":false,"Role":"agent","IP":"10.0.0.2","Host":"","Health":1,
          "Output":{},"Units":[],"MesosID":"m2"},
         "10.0.0.3":{"Leader":false,"Role":"agent","IP":"10.0.0.3","Host":"","Health":3,
          "Output":{},"Units":[],"MesosID":"m3"}},
       "UpdatedTime":"2026-11-21T18:59:09Z"}
      """;

  private final KarafInstance karaf = KARAF.get();
  private SharedSegment segment;
  private SocketServer dcos;
  private Path signal;
  private Path version;
  private volatile Script script = visit -> {};

  @BeforeEach
  void open() throws Exception {
    segment = new SharedSegment(karaf);
    dcos = SocketServer.http(visit -> script.play(visit));
    Path folder = Files.createDirectories(karaf.base().resolve("data/tmp"));
    signal = folder.resolve("dcos-signal-config.json");
    version = folder.resolve("dcos-version.json");
    karaf
        .etc()
        .write(
            "org.candor.source.dcos",
            "diagnosticsUrl = %s\nsignalConfig = %s\nversionFile = %s\n"
                .formatted(dcos.uri(""), signal, version));
    karaf.run("feature:install candor-dcos");
    Eventually.await(
        "the cluster is asked",
        Duration.ofSeconds(6),
        () -> {
          karaf.run("telemetry:preview segment");
          return dcos.visits();
        },
        visits -> visits > 0);
  }

  @AfterEach
  void close() throws Exception {
    karaf.run("feature:uninstall candor-dcos");
    Files.deleteIfExists(signal);
    Files.deleteIfExists(version);
    dcos.close();
    segment.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments(named("500", 500, "oops"), "dcos-health: refused"),
        arguments(
            Named.<Script>of("half an answer", SourceFaultsIT::leaveHalfWay),
            "dcos-health: unreachable"),
        arguments(named("malformed", 200, "{\"Units\":[nonsense"), "dcos-health: malformed"),
        arguments(
            named("a wrong type", 200, "{\"Units\":{\"a.service\":{\"Nodes\":17}},\"Nodes\":{}}"),
            "dcos-health: malformed"),
        arguments(Named.<Script>of("no answer", Misbehaviour.HANGS), "dcos-health: timeout"),
        arguments(
            named("deep nesting", 200, "{\"x\":" + "[".repeat(100_000)), "dcos-health: malformed"),
        arguments(
            named("a gigantic string", 200, "{\"x\":\"" + "a".repeat(8 << 20) + "\"}"),
            "dcos-health: malformed"));
  }

  @Test
  void aSecuredClusterIsReadWithItsTokenAndItsOwnAuthority() throws Exception {
    try (SocketServer secured =
        SocketServer.https(
            "localhost",
            visit -> {
              visit.read();
              visit.answer(200, "Content-Type: application/json\r\n", TWO_NODES);
            })) {
      Path folder = signal.getParent();
      Path token = Files.writeString(folder.resolve("dcos-token"), "of-the-cluster\n");
      karaf
          .etc()
          .write(
              "org.candor.source.dcos",
              "diagnosticsUrl = %s\ntokenFile = %s\ncaFile = %s\nsignalConfig = %s\n"
                  .formatted(secured.uri(""), token, SocketServer.authority(folder), signal));
      Eventually.await(
          "its units",
          Duration.ofSeconds(10),
          () -> karaf.run("telemetry:preview segment").out(),
          report -> report.contains("health-unit-dcos-a-service-total"));
      assertThat(secured.requests())
          .isNotEmpty()
          .allMatch(request -> request.header("Authorization").equals("token=of-the-cluster"));
    }
  }

  private static void leaveHalfWay(Visit visit) throws IOException {
    visit.read();
    visit.write("HTTP/1.1 200 OK\r\nContent-Length: " + TWO_NODES.length() + "\r\n\r\n");
    visit.write(TWO_NODES.substring(0, TWO_NODES.length() / 2));
  }

  private static Named<Script> named(String name, int status, String body) {
    return Named.of(
        name,
        visit -> {
          visit.read();
          visit.answer(status, "Content-Type: application/json\r\n", body);
        });
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theReportLeavesWithoutItsFactsMarkedPartial(Script fault, String gap) throws Exception {
    script = fault;
    segment.send();
    Batch batch = segment.server().taken().get(0);
    assertThat(batch.properties().get("partial").getAsString()).isEqualTo(gap);
    assertThat(batch.keys())
        .contains("health-unit-jvm-total", "health-unit-org-candor-core-total")
        .doesNotContain("health-unit-dcos-a-service-total");
    JsonObject source = source("dcos-health").getAsJsonObject();
    assertThat(source.get("state").getAsString()).isEqualTo("failing");
    assertThat(source.get("error").getAsString()).contains(dcos.place());
    assertThat(SharedSegment.state(karaf.channel())).isEqualTo("active");
  }

  @Test
  void aClusterThatAnswersIsInTheReport() throws Exception {
    script =
        visit -> {
          visit.read();
          visit.answer(200, "Content-Type: application/json\r\n", TWO_NODES);
        };
    segment.send();
    JsonObject properties = segment.server().taken().get(0).properties();
    assertThat(properties.get("health-unit-dcos-a-service-total").getAsInt()).isEqualTo(2);
    assertThat(properties.get("health-unit-dcos-a-service-unhealthy").getAsInt()).isEqualTo(1);
    assertThat(properties.get("nodes-total").getAsInt()).isEqualTo(3);
    assertThat(properties.get("nodes-unknown").getAsInt()).isEqualTo(1);
    assertThat(properties.has("partial")).isFalse();
    assertThat(segment.server().taken().get(0).text())
        .as("nothing that names a host")
        .doesNotContain("10.0.0.", "it broke");
  }

  @Test
  void whatIsSetForDcosSignalCountsHereToo() throws Exception {
    script =
        visit -> {
          visit.read();
          visit.answer(200, "Content-Type: application/json\r\n", TWO_NODES);
        };
    Files.writeString(version, "{\"version\":\"2.2.0-dcos\",\"dcos-variant\":\"open\"}");
    try {
      Files.writeString(signal, "{\"enabled\":\"false\",\"gen_platform\":\"vagrant-1\"}");
      Eventually.await(
          "its denial",
          OBEYED,
          () -> explain("usage"),
          usage -> !usage.get("allowed").getAsBoolean());
      assertThat(explain("usage").get("decidedBy").getAsString()).isEqualTo("dcos");
      assertThat(explain("usage").getAsJsonArray("layers").toString())
          .contains("enabled = \\\"false\\\" in " + signal);
      assertThat(explain("errors").get("allowed").getAsBoolean()).isTrue();
      assertThat(SharedSegment.state(karaf.channel())).isEqualTo("off");
      assertThat(karaf.command("telemetry:send segment").exit()).isNotZero();
      assertThat(segment.server().taken()).isEmpty();
    } finally {
      Files.writeString(signal, "{\"enabled\":\"true\",\"gen_platform\":\"vagrant-1\"}");
      Eventually.await(
          "its grant",
          OBEYED,
          () -> explain("usage"),
          usage -> usage.get("allowed").getAsBoolean());
    }
    karaf.awaitState("active", OBEYED);
    segment.send();
    JsonObject properties = segment.server().taken().get(0).properties();
    assertThat(properties.get("platform").getAsString()).isEqualTo("vagrant-1");
    assertThat(properties.get("environmentVersion").getAsString()).isEqualTo("2.2.0-dcos");
    assertThat(properties.get("variant").getAsString()).isEqualTo("open");
  }

  private JsonObject explain(String purpose) throws IOException {
    return karaf.run("telemetry:explain --json " + purpose).object();
  }

  private JsonElement source(String name) throws Exception {
    return StreamSupport.stream(
            karaf.run("telemetry:sources --json").object().getAsJsonArray("sources").spliterator(),
            false)
        .filter(source -> source.getAsJsonObject().get("name").getAsString().equals(name))
        .findFirst()
        .orElse(com.google.gson.JsonNull.INSTANCE);
  }
}
