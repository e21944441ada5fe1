package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.PluginBundle;
import org.candor.itest.plugin.NamedPlugins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Service ranking: of several sources, formatters or sinks of one name the highest counts, and when
 * it goes the next one takes over, with nothing to restart. With bundles that are single jars, as
 * somebody tries out who has a better one.
 */
class PluginsIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final String NAME = NamedPlugins.NAME;
  private static final String CHANNEL = "org.candor.channel-" + NAME;
  private static final String ALL = "source formatter sink";
  private static final Duration OBEYED = Duration.ofSeconds(10);

  private final KarafInstance karaf = KARAF.get();
  private final List<PluginBundle> bundles = new ArrayList<>();

  @BeforeEach
  void makeChannel() throws Exception {
    karaf
        .etc()
        .write(
            CHANNEL,
            """
            purpose = usage
            report = health
            interval = 30d
            formatter = %1$s
            sink = %1$s
            """
                .formatted(NAME));
    awaitState("no-formatter");
  }

  @AfterEach
  void leaveAsFound() throws Exception {
    for (PluginBundle bundle : bundles) {
      if (bundle.isInstalled()) {
        bundle.uninstall();
      }
    }
    Files.deleteIfExists(karaf.etc().file(CHANNEL));
    Eventually.await("the channel's end", OBEYED, this::state, Optional::isEmpty);
  }

  @Test
  void theHighestRankingCountsAndTheNextTakesOver() throws Exception {
    PluginBundle low = bundle("low", ALL).install(10);
    assertAllAre("low");
    PluginBundle high = bundle("high", ALL).install(20);
    assertAllAre("high");
    bundle("lowest", ALL).install(-10);
    assertAllAre("high");

    high.stop();
    assertAllAre("low");
    high.start();
    assertAllAre("high");
    high.uninstall();
    assertAllAre("low");
    low.uninstall();
    assertAllAre("lowest");
  }

  @Test
  void anUpdateRanksAnew() throws Exception {
    bundle("middle", ALL).install(10);
    PluginBundle other = bundle("other", ALL).install(0);
    assertAllAre("middle");
    other.update(20, "better");
    assertAllAre("better");
    other.update(5, "worse");
    assertAllAre("middle");
  }

  @Test
  void ofEqualRankingTheOneThatIsThereLongestCounts() throws Exception {
    PluginBundle first = bundle("first", ALL).install(0);
    PluginBundle second = bundle("second", ALL).install(0);
    assertAllAre("first");
    first.stop();
    assertAllAre("second");
    first.start();
    assertAllAre("second");
    second.stop();
    assertAllAre("first");
  }

  @Test
  void eachKindIsRankedForItself() throws Exception {
    bundle("base", ALL).install(0);
    PluginBundle source = bundle("source", "source").install(1);
    PluginBundle formatter = bundle("formatter", "formatter").install(1);
    PluginBundle sink = bundle("sink", "sink").install(1);
    assertThat(sent()).isEqualTo(text("source", "formatter", "sink"));
    formatter.stop();
    assertThat(sent()).isEqualTo(text("source", "base", "sink"));
    sink.uninstall();
    assertThat(sent()).isEqualTo(text("source", "base", "base"));
    source.stop();
    assertAllAre("base");
  }

  @Test
  void whenTheLastOneGoesTheChannelWaitsForAnother() throws Exception {
    PluginBundle one = bundle("one", ALL).install(0);
    PluginBundle other = bundle("two", ALL).install(0);
    assertAllAre("one");
    one.uninstall();
    other.stop();
    awaitState("no-formatter");
    assertThat(sources()).isEmpty();
    other.start();
    assertAllAre("two");
  }

  private PluginBundle bundle(String label, String kinds) {
    PluginBundle bundle = new PluginBundle(karaf, label, kinds);
    bundles.add(bundle);
    return bundle;
  }

  private void assertAllAre(String label) throws Exception {
    assertThat(sent()).isEqualTo(text(label, label, label));
    assertThat(sources()).containsExactly("ok");
    awaitState("active");
  }

  private static String text(String source, String formatter, String sink) {
    return "unit %s-%s; formatter %s; encoded by %s; sent by %s"
        .formatted(NAME, source, formatter, sink, sink);
  }

  /** What one more report said when it left, as the sink answers; there is nothing to wait for. */
  private String sent() throws IOException {
    return objects("telemetry:send " + NAME + " --json", "results")
        .flatMap(result -> result.getAsJsonObject().getAsJsonArray("deliveries").asList().stream())
        .map(delivery -> delivery.getAsJsonObject().get("answer").getAsString())
        .collect(Collectors.joining("\n"));
  }

  private List<String> sources() throws IOException {
    return objects("telemetry:sources --json", "sources")
        .map(JsonElement::getAsJsonObject)
        .filter(source -> source.get("name").getAsString().equals(NAME))
        .map(source -> source.get("state").getAsString())
        .toList();
  }

  private void awaitState(String state) throws Exception {
    Eventually.await(
        "state " + state, OBEYED, this::state, seen -> seen.equals(Optional.of(state)));
  }

  private Optional<String> state() throws IOException {
    return objects("telemetry:status --json", "channels")
        .map(JsonElement::getAsJsonObject)
        .filter(channel -> channel.get("name").getAsString().equals(NAME))
        .map(channel -> channel.get("state").getAsString())
        .findFirst();
  }

  private Stream<JsonElement> objects(String command, String list) throws IOException {
    return karaf.run(command).object().getAsJsonArray(list).asList().stream();
  }
}
