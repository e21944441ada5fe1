package org.candor.source.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitNamesTest {

  @Test
  void aStarStandsForAnyText() {
    UnitNames names = names("org.apache.karaf.*, exact-1_0 ,,*.tail");
    assertThat(names.cover("org.apache.karaf.shell.core")).isTrue();
    assertThat(names.cover("exact-1_0")).isTrue();
    assertThat(names.cover("a.tail")).isTrue();
    assertThat(names.cover("org.apache.karafe")).isFalse();
    assertThat(names.cover("xorg.apache.karaf.shell")).isFalse();
    assertThat(names.cover("orgXapache.karaf.shell")).isFalse();
    assertThat(names.cover("")).isFalse();
  }

  @Test
  void nothingNamesNothing() {
    assertThat(names("").cover("org.apache.karaf.shell")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "org.(x|y)", "a;b", "[a]"})
  void whatIsNoSymbolicNameIsRefused(String list) {
    assertThatThrownBy(() -> names(list)).isInstanceOf(IllegalArgumentException.class);
  }

  private static UnitNames names(String list) {
    return UnitNames.setting("units").parser().apply(list);
  }
}
