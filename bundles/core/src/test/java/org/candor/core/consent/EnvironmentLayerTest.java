package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentLayerTest {

  @Test
  void itSaysWhichVariableForbidsAsItStandsThereAndElseWhichThereCouldBe() {
    EnvironmentLayer layer = new EnvironmentLayer(Map.of("DISABLE_VERSION_CHECK", " Yes"));
    assertThat(layer.verdict(Purpose.VERSION_CHECK))
        .isEqualTo(Verdict.forbids("DISABLE_VERSION_CHECK= Yes"));
    assertThat(layer.verdict(Purpose.USAGE))
        .isEqualTo(
            new Verdict(LayerAnswer.SILENT, "none of DO_NOT_TRACK, DISABLE_TELEMETRY is set"));
  }

  @Test
  void aValueThatNobodyExpectsIsInTheLogOnce() {
    String log = logged("perhaps");
    assertThat(log)
        .containsOnlyOnce("Environment: DO_NOT_TRACK = perhaps is neither of true, 1, yes, on nor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "YES", "on", "", "false", "0", "No", " off "})
  void anExpectedOneIsNot(String value) {
    assertThat(logged(value)).isEmpty();
  }

  private static String logged(String value) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      new EnvironmentLayer(Map.of("DO_NOT_TRACK", value));
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
