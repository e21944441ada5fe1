package org.candor.source.dcos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.fact.FactNames;
import org.candor.http.testing.Eventually;
import org.candor.source.dcos.signal.SignalFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** dcos-signal's configuration as a consent layer, on real files. */
@Timeout(30)
class SignalLayerTest {

  /** Two seconds where the kernel does not tell, with what two busy cores add. */
  private static final Duration OBEYED = Duration.ofSeconds(4);

  private final Registry registry = new Registry();
  @TempDir Path temporary;
  private Path folder;
  private Path config;
  private Path extra;
  private Path version;
  private Optional<SignalLayer> layer = Optional.empty();

  @BeforeEach
  void open() throws IOException {
    folder = temporary.toRealPath();
    config = folder.resolve("dcos-signal-config.json");
    extra = folder.resolve("dcos-signal-config-extra.json");
    version = folder.resolve("dcos-version.json");
  }

  @AfterEach
  void close() {
    layer.ifPresent(SignalLayer::deactivate);
    assertThat(registry.layer()).isEmpty();
    assertThat(watching()).isFalse();
  }

  @Test
  void aDenialIsObeyedAndTakenBackByTrue() throws IOException {
    write(config, "{\"customer_key\":\"\"}");
    begin();
    assertThat(await(LayerAnswer.SILENT).why())
        .isEqualTo("there is no enabled in " + config + ", there is no " + extra);
    long begun = System.nanoTime();
    write(config, "{\"enabled\":\"false\"}");
    assertThat(await(LayerAnswer.FORBIDS).why()).isEqualTo("enabled = \"false\" in " + config);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(OBEYED);
    // Who asks sees it a moment before who listens.
    Eventually.is(() -> registry.properties().size() >= 2);
    assertThat(registry.properties())
        .allMatch(properties -> "dcos".equals(properties.get(LayerName.PROPERTY)))
        .extracting(properties -> properties.get("service.changecount"))
        .hasSizeGreaterThanOrEqualTo(2)
        .doesNotHaveDuplicates();
    write(config, "{\"enabled\":\"true\"}");
    assertThat(await(LayerAnswer.ALLOWS).why()).isEqualTo("enabled = \"true\" in " + config);
    write(config, "{}");
    await(LayerAnswer.SILENT);
  }

  @Test
  void onlyUsageIsMeant() throws IOException {
    write(config, "{\"enabled\":false}");
    begin();
    await(LayerAnswer.FORBIDS);
    for (Purpose purpose : List.of(Purpose.ERRORS, Purpose.VERSION_CHECK)) {
      Verdict verdict = registry.layer().orElseThrow().verdict(purpose);
      assertThat(verdict.answer()).isEqualTo(LayerAnswer.SILENT);
      assertThat(verdict.why()).contains("sends usage only");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true,true,ALLOWS",
    "true,false,FORBIDS",
    "false,true,FORBIDS",
    "false,,FORBIDS",
    ",false,FORBIDS",
    ",true,ALLOWS",
    "true,,ALLOWS",
    ",,SILENT",
    "true,broken,UNKNOWN",
    "false,broken,FORBIDS",
    "broken,true,UNKNOWN",
    "broken,false,FORBIDS",
    ",broken,UNKNOWN"
  })
  void theStricterOfTwoFilesCounts(String one, String other, LayerAnswer word) throws IOException {
    write(config, document(one));
    write(extra, document(other));
    begin();
    await(word);
  }

  private static String document(String enabled) {
    if (enabled == null) {
      return "{}";
    }
    return enabled.equals("broken") ? "{\"enabled\":" : "{\"enabled\":\"" + enabled + "\"}";
  }

  @Test
  void aFileThatWasThereAndIsGoneAllowsNothing() throws IOException {
    write(config, "{\"enabled\":\"false\"}");
    begin();
    await(LayerAnswer.FORBIDS);
    Files.delete(config);
    assertThat(await(LayerAnswer.UNKNOWN).why()).isEqualTo(config + " no longer exists");
    write(config, "{\"enabled\":\"no\"}");
    await(LayerAnswer.FORBIDS);
    write(config, "nonsense");
    assertThat(await(LayerAnswer.UNKNOWN).why()).startsWith(config + " is not the expected JSON");
    write(config, "");
    await(LayerAnswer.UNKNOWN);
    write(config, "{}");
    await(LayerAnswer.SILENT);
    Files.delete(config);
    await(LayerAnswer.UNKNOWN);
    Files.createDirectory(config);
    Eventually.is(() -> usage().why().contains("it is not a file"));
    assertThat(usage().answer()).isEqualTo(LayerAnswer.UNKNOWN);
  }

  @Test
  void aFileThatNeverWasIsSilentUntilItComes() throws IOException {
    begin();
    await(LayerAnswer.SILENT);
    write(extra, "{\"enabled\":\"false\"}");
    await(LayerAnswer.FORBIDS);
  }

  @Test
  void aLinkIsFollowedWhereverItLeads() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path other = Files.createDirectory(folder.resolve("other"));
    write(one.resolve("c.json"), "{\"enabled\":\"true\"}");
    write(other.resolve("c.json"), "{\"enabled\":\"false\"}");
    Path active = Files.createSymbolicLink(folder.resolve("active"), one);
    config = active.resolve("c.json");
    begin();
    await(LayerAnswer.ALLOWS);
    Path next = Files.createSymbolicLink(folder.resolve("next"), other);
    Files.move(next, active, StandardCopyOption.ATOMIC_MOVE);
    await(LayerAnswer.FORBIDS);
    write(other.resolve("c.json"), "{}");
    await(LayerAnswer.SILENT);
  }

  @Test
  void anotherFileIsAnotherTarget() throws IOException {
    Path second = folder.resolve("second.json");
    write(config, "{\"enabled\":\"true\"}");
    write(second, "{\"enabled\":\"false\"}");
    begin();
    assertThat(await(LayerAnswer.ALLOWS).target()).isEqualTo(config + ", " + extra);
    layer.get().modified(Keys.signal(second, extra, version));
    assertThat(await(LayerAnswer.FORBIDS).target()).isEqualTo(second + ", " + extra);
    int announced = registry.properties().size();
    layer.get().modified(Keys.signal(second, extra, version));
    assertThat(registry.properties()).hasSize(announced);
    layer.get().modified(Keys.none());
    assertThat(usage().answer()).isEqualTo(LayerAnswer.SILENT);
    assertThat(usage().why()).startsWith("not configured");
    assertThat(watching()).isFalse();
  }

  @Test
  void aRefusedPathIsNoYes() {
    layer =
        Optional.of(
            new SignalLayer(
                registry.context(), new Keys("", "", "", "a\0b", extra.toString(), "")));
    assertThat(usage().answer()).isEqualTo(LayerAnswer.UNKNOWN);
    assertThat(usage().why()).contains("signalConfig of etc/org.candor.source.dcos.cfg is refused");
    layer.get().modified(Keys.signal(config, extra, version));
    await(LayerAnswer.SILENT);
  }

  @Test
  void theOtherKeysAreHints() throws IOException {
    write(config, "{\"customer_key\":\"k\",\"gen_provider\":\"onprem\",\"gen_platform\":\"x\"}");
    write(extra, "{\"gen_platform\":\"aws\",\"customer_key\":\"\",\"license_id\":\"l\"}");
    write(version, "{\"version\":\"2.2.0\",\"dcos-variant\":\"open\"}");
    begin();
    await(LayerAnswer.SILENT);
    assertThat(layer.get().hints())
        .isEqualTo(
            Map.of(
                FactNames.CUSTOMER_KEY, "k",
                FactNames.PROVIDER, "onprem",
                FactNames.PLATFORM, "aws",
                FactNames.LICENSE_ID, "l",
                FactNames.PRODUCT_VERSION, "2.2.0",
                FactNames.PRODUCT_VARIANT, "open"));
    write(version, "{\"version\":\"2.2.1\",\"dcos-variant\":\"open\"}");
    Eventually.is(() -> "2.2.1".equals(layer.get().hints().get(FactNames.PRODUCT_VERSION)));
    write(extra, "{\"gen_variant\":\"enterprise\"}");
    Eventually.is(() -> "enterprise".equals(layer.get().hints().get(FactNames.PRODUCT_VARIANT)));
    Files.delete(version);
    write(config, "{\"enabled\":\"false\"}");
    await(LayerAnswer.FORBIDS);
    assertThat(layer.get().hints()).containsEntry(FactNames.PRODUCT_VERSION, "2.2.1");
  }

  @Test
  void theDefaultsAreDcosOwn() throws Exception {
    assertThat(DcosConfig.class.getDeclaredMethod("signalConfig").getDefaultValue())
        .isEqualTo("/opt/mesosphere/etc/dcos-signal-config.json");
    assertThat(DcosConfig.class.getDeclaredMethod("signalExtraConfig").getDefaultValue())
        .isEqualTo(SignalFiles.EXTRA);
    assertThat(DcosConfig.class.getDeclaredMethod("versionFile").getDefaultValue())
        .isEqualTo(SignalFiles.VERSION);
  }

  private void begin() {
    layer = Optional.of(new SignalLayer(registry.context(), Keys.signal(config, extra, version)));
  }

  private Verdict await(LayerAnswer word) {
    Eventually.is(() -> registry.layer().isPresent() && usage().answer() == word);
    return usage();
  }

  private Verdict usage() {
    return registry.layer().orElseThrow().verdict(Purpose.USAGE);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  private static boolean watching() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("candor-dcos"));
  }
}
