package org.candor.api.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {

  // The examples of semver.org, chapter 11, between others.
  private static final List<String> ASCENDING =
      List.of(
          "0.0.0-0",
          "0.9.9",
          "1.0.0-1",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "1.9.0",
          "1.10.0",
          "1.11.0",
          "2.0.0",
          "2.1.0",
          "2.1.1",
          "2.1.1.1",
          "18446744073709551616.0.0",
          "18446744073709551617.0.0-x");

  @Test
  void ordersAsTheSpecificationSays() {
    List<SemanticVersion> shuffled =
        new ArrayList<>(ASCENDING.stream().map(SemanticVersionTest::version).toList());
    java.util.Collections.shuffle(shuffled, new Random(11));

    assertThat(shuffled.stream().sorted())
        .containsExactlyElementsOf(ASCENDING.stream().map(SemanticVersionTest::version).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "1.0.0, 1.0.0+build.5",
    "1.0.0-rc.1+a, 1.0.0-rc.1+b",
    "v1.2.3, 1.2.3",
    "1.2, 1.2.0",
    "1, 1.0.0.0",
    "01.002.3, 1.2.3",
    "2.0.0.Final, 2.0.0",
    "2.0.0-01, 2.0.0-1",
    "1.0rc1, 1.0.0-rc1",
    "4.5.0.M1, 4.5.0-M1",
  })
  void takesOddOnesForWhatTheyMean(String one, String other) {
    assertThat(version(one)).isEqualByComparingTo(version(other)).isEqualTo(version(other));
  }

  @ParameterizedTest
  @CsvSource({"1.0rc1, 1.0", "2.0_b1, 2.0", "2.0.0-SNAPSHOT, 2.0.0", "2.0.0-final, 2.0.0"})
  void aSuffixIsAPreRelease(String older, String newer) {
    assertThat(version(older)).isLessThan(version(newer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "-1.0", ".1", "v", "+1", "١.٠"})
  void whatDoesNotBeginWithANumberIsNone(String text) {
    assertThat(SemanticVersion.parse(text)).isEmpty();
  }

  @Test
  void takesNoTimeForWhateverComes() {
    Random random = new Random(7);
    String alphabet = "0019.-+av~_é\n";
    List<SemanticVersion> all = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder("1");
      random
          .ints(random.nextInt(30), 0, alphabet.length())
          .forEach(c -> text.append(alphabet.charAt(c)));
      SemanticVersion.parse(text.toString()).ifPresent(all::add);
    }

    // Fails with "Comparison method violates its general contract" when the order is none.
    assertThat(all.stream().sorted()).hasSameSizeAs(all);
    assertThat(SemanticVersion.parse("1.".repeat(1000))).isEmpty();
  }

  private static SemanticVersion version(String text) {
    return SemanticVersion.parse(text).orElseThrow();
  }
}
