package org.candor.api.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "ui.id", "storage.api-version", "a.b.c-d9"})
  void wordsJoinedByDotsAndHyphensAreAName(String name) {
    assertThat(new Fact(name, "", new Value.Count(1)).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", "-a", "a..b", "a.-b", "A", "a b", "a_b", "é", "a\n"})
  void nothingElseIs(String name) {
    assertThatThrownBy(() -> new Fact(name, "", new Value.Count(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
