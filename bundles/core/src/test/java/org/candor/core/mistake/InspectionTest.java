package org.candor.core.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.candor.api.settings.ConfigurationProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionTest {

  private final Inspection inspection =
      MistakesFixture.inspection(
          Map.of(
              "org.candor.channel", Set.of("interval", "enabled"),
              "org.candor.consent", Set.of("usage", "versionCheck"),
              "org.candor.sink.segment", Set.of("endpoint", "writeKey"),
              "com.acme.sink", Set.of("to")));

  @Test
  void aKeyThatNobodyDeclaresIsNamedWithTheOneThatIsMeant() {
    assertThat(of("org.candor.channel-segment-ui", Map.of("intervall", "1m", "ENABLED", "true")))
        .containsExactly(
            new ConfigurationProblem(
                "etc/org.candor.channel-segment-ui.cfg",
                "intervall",
                "1m",
                "unknown key, ignored; did you mean interval?"));
    assertThat(of("org.candor.channel~x", Map.of("enabeld", "false")))
        .extracting(ConfigurationProblem::message)
        .containsExactly("unknown key, ignored; did you mean enabled?");
  }

  @Test
  void withoutOneThatIsMeantTheKeysAreNamedAndTheValueIsNobodysBusiness() {
    assertThat(of("org.candor.sink.segment", Map.of("auth", "s3cret", "writeKye", "s3cret")))
        .extracting(ConfigurationProblem::toString)
        .containsExactlyInAnyOrder(
            "etc/org.candor.sink.segment.cfg: auth = ***: unknown key, ignored; the keys are"
                + " endpoint, writeKey.",
            "etc/org.candor.sink.segment.cfg: writeKye = ***: unknown key, ignored; did you mean"
                + " writeKey?");
  }

  @Test
  void whatTheFrameworkAddsAndOtherSpellingsAreKnown() {
    assertThat(
            of(
                "org.candor.consent",
                Map.of(
                    "version-check", "true",
                    "service.pid", "x",
                    "felix.fileinstall.filename", "y",
                    "org.apache.karaf.features.configKey", "z")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "org.candor.sink.dsn, org.candor.sink.dns.cfg",
    "org.candor.sink_segment, org.candor.sink.segment.cfg",
    "org.candor.chanel-segment-ui, org.candor.channel-segment-ui.cfg",
    "org.candor.chanel, org.candor.channel-NAME.cfg",
    "org.candor.channel.segment, org.candor.channel-segment.cfg",
  })
  void aFileThatNobodyKnowsIsNamedWithTheOneThatIsMeant(String name, String meant) {
    assertThat(of(name, Map.of("zone", "x")))
        .containsExactly(
            new ConfigurationProblem(
                "etc/" + name + ".cfg",
                "",
                "",
                "unknown file, ignored; did you mean " + meant + "?"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.candor.consent-foo", "org.candor.sink.file-two"})
  void aSecondFileWhereThereIsOnlyOneIsNoneAtAll(String name) {
    assertThat(of(name, Map.of("usage", "false")))
        .extracting(ConfigurationProblem::toString)
        .containsExactly(
            "etc/"
                + name
                + ".cfg: there is only one file of this kind, etc/"
                + name.substring(0, name.indexOf('-'))
                + ".cfg; move the keys there and remove this file.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.candor.channel", "org.candor.source.crash"})
  void aFileThatNeedsANameOfItsOwnIsUnknownWithoutOne(String name) {
    assertThat(of(name, Map.of("interval", "1h")))
        .extracting(ConfigurationProblem::message)
        .containsExactly("unknown file, ignored; did you mean " + name + "-NAME.cfg?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.candor", "org.candor.", "org.candor.-x"})
  void aFileWithoutANameIsUnknown(String name) {
    assertThat(of(name, Map.of("usage", "false")))
        .extracting(ConfigurationProblem::message)
        .containsExactly("unknown file, ignored; nothing of this build reads it.");
  }

  @Test
  void aKeyThatStandsThereTwiceInAnotherCaseIsNamed() {
    assertThat(of("org.candor.sink.segment", Map.of("writeKey", "s3cret", "WriteKey", "s3cret")))
        .extracting(ConfigurationProblem::toString)
        .containsExactly(
            "etc/org.candor.sink.segment.cfg: WriteKey = ***: set more than once, as WriteKey and"
                + " writeKey: Karaf refuses the whole file, and the previous values stay; remove"
                + " all but one.");
  }

  @Test
  void aFileThatIsLikeNoOtherIsUnknown() {
    assertThat(of("org.candor.everything-else", Map.of()))
        .extracting(ConfigurationProblem::toString)
        .containsExactly(
            "etc/org.candor.everything-else.cfg: unknown file, ignored; nothing of this build reads"
                + " it.");
  }

  @ParameterizedTest
  @CsvSource({
    "org.candor.source.dcos, candor-dcos",
    "org.candor.source.crash-web, candor-crash",
    "org.candor.rest.product-shop, candor-rest",
  })
  void aFileWaitsForItsFeature(String name, String feature) {
    assertThat(of(name, Map.of("x", "y")))
        .extracting(ConfigurationProblem::message)
        .containsExactly("waits for the feature " + feature + ".");
  }

  private List<ConfigurationProblem> of(String name, Map<String, String> values) {
    return inspection.inspect(new ConfiguredFile(name, values));
  }
}
