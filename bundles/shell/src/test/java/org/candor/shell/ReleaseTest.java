package org.candor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReleaseTest {

  /** The examples of https://semver.org, item 11, and numbers that texts would order otherwise. */
  private static final List<String> ASCENDING =
      List.of(
          "0.1.0",
          "0.9.0",
          "0.10.0",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "2.0.0",
          "2.1.0",
          "2.1.1",
          "10");

  @Test
  void versionsAreInOrder() {
    List<String> shuffled = new ArrayList<>(ASCENDING);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(shuffled.stream().map(Release::of).sorted())
        .containsExactlyElementsOf(ASCENDING.stream().map(Release::of).toList());
  }

  @Test
  void whatIsLeftOutIsZeroAndABuildDoesNotCount() {
    assertThat(Release.of("1")).isEqualTo(Release.of("1.0.0")).isEqualTo(Release.of(" 1.0+b.7"));
  }
}
