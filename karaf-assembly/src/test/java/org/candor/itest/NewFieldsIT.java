package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.osgi.Builder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.candor.api.report.ReportFormatter;
import org.candor.itest.harness.Batch;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.component.annotations.Component;

/**
 * A formatter is upgraded and says more than before, or a sink sends elsewhere: not before the
 * owner has had time, or has accepted it.
 */
class NewFieldsIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final Duration DEPLOYED = Duration.ofSeconds(30);

  /** Longer than what the test does within it takes. */
  private static final Duration SHORT_GRACE = Duration.ofSeconds(25);

  /** From the start of the process to what counts as the first start, at most. */
  private static final Duration BOOT = Duration.ofSeconds(20);

  private static final String CHANNEL = "org.candor.channel-novelty";

  /** It writes down each fact that it is handed, and would any other. */
  private static final String SOURCE =
      """
      package com.example.novelty;

      import java.util.*;
      import org.candor.api.Bytes;
      import org.candor.api.report.*;
      import org.osgi.service.component.annotations.*;

      @Component
      @FormatterName("novelty")
      public class Novelty implements ReportFormatter {
        private static Field field(String name, String since, String... facts) {
          return new Field(
              name, FieldType.TEXT, "", "What it is", "Why", Sensitivity.PSEUDONYMOUS, since,
              Set.of(facts));
        }

        public FieldCatalogue fields() {
          return new FieldCatalogue(List.of(%s));
        }

        public List<Message> format(Report report) {
          StringBuilder text = new StringBuilder();
          report.facts().forEach(fact -> text.append(fact.name()).append(';'));
          return List.of(
              new Message(
                  UUID.randomUUID().toString(), "m", "text/plain", Bytes.utf8(text.toString())));
        }
      }
      """;

  private static final String OLD = "field(\"cluster\", \"1.0.0\", \"cluster.id\")";
  private static final String NEW = OLD + ", field(\"node\", \"2.0.0\", \"node.id\")";
  private static final String CONSTANT = NEW + ", field(\"constant\", \"3.0.0\")";

  private final KarafInstance karaf = KARAF.get();
  private final Path deployed = karaf.base().resolve("deploy").resolve("novelty.jar");
  private final Path sent = karaf.base().resolve("data/tmp/novelty");

  @TempDir Path work;

  @AfterEach
  void close() throws Exception {
    karaf.etc().set("org.candor.consent", "grace", "0");
    Files.deleteIfExists(karaf.etc().file(CHANNEL));
    Files.deleteIfExists(deployed);
    karaf.etc().set("org.candor.sink.file", "directory", "");
    if (karaf.run("feature:list -i --no-format").out().contains("candor-file")) {
      karaf.run("feature:uninstall candor-file");
    }
    awaitState("segment", "active");
  }

  @Test
  void aFieldThatAnUpgradeAddsIsToldOfAndWithheldForTheGracePeriod() throws Exception {
    karaf.run("feature:install candor-file");
    karaf.etc().set("org.candor.sink.file", "directory", sent.toString());
    deploy(1, OLD);
    karaf
        .etc()
        .write(
            CHANNEL,
            """
            purpose = usage
            report = health
            interval = 30d
            formatter = novelty
            sink = file
            """);
    awaitState("novelty", "active");
    assertThat(send()).isEqualTo("cluster.id;");
    assertThat(karaf.run("telemetry:notice").out()).doesNotContain("Since an upgrade");

    karaf.etc().set("org.candor.consent", "grace", grace().toSeconds() + "s");
    awaitState("novelty", "grace");
    assertThat(karaf.run("telemetry:notice").out()).contains("novelty: a new channel, sends usage");
    karaf.run("telemetry:enable usage");
    // The grace of the first start has to be over too, if this is soon after it.
    awaitState("novelty", "active");
    deploy(2, NEW);
    Eventually.await(
        "what is new to be told", DEPLOYED, this::withheld, names -> names.equals(List.of("node")));
    assertThat(send()).isEqualTo("cluster.id;");
    assertThat(karaf.run("telemetry:preview novelty").out()).doesNotContain("node.id");
    assertThat(karaf.log())
        .filteredOn(line -> line.contains("can send more than before"))
        .singleElement()
        .asString()
        .contains(
            "novelty: announced: the formatter novelty", "node (pseudonymous)", "--since 2.0.0");
    assertThat(karaf.run("telemetry:notice").out())
        .contains("Since an upgrade this system can report more", "novelty: node, withheld");
    assertThat(names("telemetry:fields novelty --since 2.0.0 --json")).containsExactly("node");
    assertThat(karaf.run("telemetry:fields novelty").out()).contains("not before in");
    assertThat(Files.readString(karaf.base().resolve("etc/org.candor.announced")))
        .contains("novelty\tformatter novelty\t-\tpseudonymous\tcluster")
        .containsPattern("novelty\tformatter novelty\t20.*Z\tpseudonymous\tnode");

    deploy(3, CONSTANT);
    JsonObject waits = awaitState("novelty", "grace");
    assertThat(waits.get("advice").getAsString()).contains("announced only lately", "constant");

    karaf.etc().set("org.candor.consent", "grace", "0");
    awaitState("novelty", "active");
    assertThat(withheld()).isEmpty();
    assertThat(send()).contains("cluster.id;", "node.id;");
    assertThat(karaf.run("telemetry:notice").out()).contains("novelty: constant, node\n");
  }

  @Test
  void whatIsQueuedForOneDestinationIsSentToAnotherOnlyOnceThatIsAccepted() throws Exception {
    try (SharedSegment segment = new SharedSegment(karaf);
        SegmentServer other = new SegmentServer()) {
      segment.server().answers(503, "", "busy");
      assertThat(karaf.command("telemetry:send segment").exit()).isEqualTo(1);
      Batch refused = segment.server().seen().get(0);
      karaf.run("telemetry:enable usage");
      karaf.etc().set("org.candor.consent", "grace", grace().toSeconds() + "s");
      awaitState("segment", "failing");

      segment.pointTo(other.url());
      JsonObject waits = awaitState("segment", "grace");
      assertThat(waits.get("next").isJsonNull()).isFalse();
      assertThat(waits.get("queued").getAsLong()).isEqualTo(1);
      assertThat(waits.get("advice").getAsString())
          .contains("Announced lately: it sends to " + other.url(), "telemetry:enable segment");
      assertThat(karaf.command("telemetry:send segment").text()).contains("Announced lately");
      assertThat(objects("telemetry:status --json", "announced"))
          .filteredOn(one -> one.get("channel").getAsString().equals("segment"))
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.get("matter").getAsString()).isEqualTo("destination");
                assertThat(one.get("what").getAsString()).startsWith(other.url());
                assertThat(one.get("withheldUntil").isJsonNull()).isFalse();
              });
      assertThat(karaf.run("telemetry:notice").out())
          .contains("segment: now sends to " + other.url());
      assertThat(karaf.log())
          .filteredOn(line -> line.contains("segment: announced: it sends to " + other.url()))
          .singleElement()
          .asString()
          .contains("WARN", "telemetry:enable segment", "telemetry:disable segment");
      assertThat(Files.readString(karaf.base().resolve("etc/org.candor.announced")))
          .doesNotContain("key-of-the-tests");
      assertThat(other.visits()).isZero();

      karaf.run("telemetry:enable usage");
      segment.awaitDelivery();
      assertThat(other.takenIds()).isEqualTo(refused.messageIds());
    }
  }

  /** As long as can be without a wait for the end of that of the first start. */
  private Duration grace() {
    Instant start =
        ProcessHandle.of(karaf.pid()).flatMap(p -> p.info().startInstant()).orElseThrow();
    Duration over = Duration.between(start.plus(BOOT), Instant.now());
    return over.compareTo(SHORT_GRACE) > 0 ? over : SHORT_GRACE;
  }

  private JsonObject awaitState(String channel, String state) throws Exception {
    return Eventually.await(
            channel + " " + state,
            SHORT_GRACE.plus(BOOT).plus(DEPLOYED),
            () -> channel(channel),
            seen -> seen.filter(s -> s.get("state").getAsString().equals(state)).isPresent())
        .orElseThrow();
  }

  private Optional<JsonObject> channel(String name) throws IOException {
    return objects("telemetry:status --json", "channels")
        .filter(channel -> channel.get("name").getAsString().equals(name))
        .findFirst();
  }

  private List<String> names(String command) throws IOException {
    return objects(command, "fields").map(field -> field.get("name").getAsString()).toList();
  }

  private List<String> withheld() throws IOException {
    return objects("telemetry:fields novelty --json", "fields")
        .filter(field -> !field.get("withheldUntil").isJsonNull())
        .map(field -> field.get("name").getAsString())
        .toList();
  }

  private Stream<JsonObject> objects(String command, String list) throws IOException {
    return karaf.run(command).object().getAsJsonArray(list).asList().stream()
        .map(JsonElement::getAsJsonObject);
  }

  /** What the newest file says after one more report. */
  private String send() throws IOException {
    assertThat(karaf.run("telemetry:send novelty").out()).contains("delivered");
    try (Stream<Path> files = Files.list(sent)) {
      Path only = files.filter(file -> Files.isRegularFile(file)).findFirst().orElseThrow();
      String text = Files.readString(only);
      Files.delete(only);
      return text;
    }
  }

  private void deploy(int version, String fields) throws Exception {
    Path source = Files.writeString(work.resolve("Novelty.java"), SOURCE.formatted(fields));
    Path classes = work.resolve("classes-" + version);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "17",
                "-cp",
                jar(ReportFormatter.class) + java.io.File.pathSeparator + jar(Component.class),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(result).isZero();
    Path bundle = work.resolve("novelty-" + version + ".jar");
    try (Builder builder = new Builder()) {
      builder.addClasspath(classes.toFile());
      builder.addClasspath(jar(ReportFormatter.class).toFile());
      builder.addClasspath(jar(Component.class).toFile());
      builder.setBundleSymbolicName("com.example.novelty");
      builder.setBundleVersion(version + ".0.0");
      builder.setPrivatePackage("com.example.novelty");
      builder.build().write(bundle.toFile());
      assertThat(builder.getErrors()).isEmpty();
    }
    Files.move(
        bundle, deployed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path jar(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
