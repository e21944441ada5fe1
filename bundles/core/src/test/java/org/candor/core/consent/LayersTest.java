package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayersTest {

  private final Layers layers = new Layers();
  private LayerAnswer word = LayerAnswer.ALLOWS;
  private final ConsentLayer layer = purpose -> new Verdict(word, "said");

  @Test
  void ofTwoOfOneNameTheStricterCounts() {
    layers.bind(layer, "spec", true);
    layers.bind(purpose -> Verdict.forbids("no"), "spec", false);
    assertThat(layers.ask("spec", Purpose.USAGE))
        .contains(new Layers.Said(Verdict.forbids("no"), true, false));
    assertThat(layers.names()).containsExactly("spec");
    assertThat(layers.ask("other", Purpose.USAGE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FORBIDS, UNKNOWN, FORBIDS",
    "UNKNOWN, ALLOWS, UNKNOWN",
    "UNKNOWN, SILENT, UNKNOWN",
    "ALLOWS, SILENT, ALLOWS"
  })
  void theStricterOfTwoIsFoundInWhicheverOrder(
      LayerAnswer one, LayerAnswer other, LayerAnswer strictest) {
    for (boolean turned : new boolean[] {false, true}) {
      Layers two = new Layers();
      two.bind(purpose -> new Verdict(turned ? other : one, ""), "spec", true);
      two.bind(purpose -> new Verdict(turned ? one : other, ""), "spec", true);
      assertThat(two.ask("spec", Purpose.USAGE).orElseThrow().verdict().answer())
          .isEqualTo(strictest);
    }
  }

  @Test
  void whatWasSaidLastIsKnownAfterItWentUntilThatIsWrittenDown() {
    layers.bind(layer, "spec", true);
    word = LayerAnswer.FORBIDS;
    layers.hear(layer);
    layers.forget("spec", Purpose.USAGE);
    layers.unbind(layer);
    assertThat(layers.hasLeft("spec")).isTrue();
    assertThat(layers.ask("spec", Purpose.USAGE))
        .contains(new Layers.Said(Verdict.forbids("said"), false, true));
    assertThat(layers.names()).containsExactly("spec");
    layers.forget("spec", Purpose.USAGE);
    assertThat(layers.ask("spec", Purpose.USAGE)).isEmpty();
    assertThat(layers.ask("spec", Purpose.ERRORS)).isPresent();
    layers.bind(layer, "spec", true);
    assertThat(layers.hasLeft("spec")).isFalse();
  }

  @Test
  void aNameIsHereWhileOneOfThatNameIs() {
    ConsentLayer other = purpose -> Verdict.silent("nothing");
    layers.bind(layer, "spec", true);
    layers.bind(other, "spec", true);
    layers.unbind(other);
    assertThat(layers.hasLeft("spec")).isFalse();
    assertThat(layers.ask("spec", Purpose.USAGE).orElseThrow().present()).isTrue();
    layers.unbind(other);
    assertThat(layers.hasLeft("spec")).as("twice is no matter").isFalse();
  }

  @Test
  void oneOfAnotherNameKeepsNoNameHere() {
    layers.bind(layer, "spec", true);
    layers.bind(purpose -> Verdict.silent("nothing"), "other", true);
    layers.unbind(layer);
    assertThat(layers.hasLeft("spec")).isTrue();
    assertThat(layers.hasLeft("other")).isFalse();
    assertThat(layers.ask("spec", Purpose.USAGE).orElseThrow().present()).isFalse();
  }

  @Test
  void whoWasNeverBoundIsNotHeard() {
    layers.hear(layer);
    layers.unbind(layer);
    assertThat(layers.names()).isEmpty();
    assertThat(layers.hasLeft("spec")).isFalse();
  }
}
