package org.candor.api.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a\u001b[2J", "a\u202eb", "a\u00a0b", "a\nb", "\ud800"})
  void whatHidesIsNotPlain(String text) {
    assertThat(PlainText.is(text)).isFalse();
  }

  @Test
  void aNameIsPlainUpToItsLimit() {
    assertThat(PlainText.is("Gr\u00f6\u00dfe 2.0 \ud83d\ude00")).isTrue();
    assertThat(PlainText.is("x".repeat(PlainText.LONGEST))).isTrue();
    assertThat(PlainText.is("x".repeat(PlainText.LONGEST + 1))).isFalse();
  }

  @Test
  void anExcerptShowsThatSomethingHides() {
    assertThat(PlainText.excerpt("a\u001bb\u202ec")).isEqualTo("a?b?c");
    assertThat(PlainText.excerpt("x".repeat(200))).isEqualTo("x".repeat(100) + "…");
  }

  @Test
  void aLineHasNoGapsAndNoEnd() {
    assertThat(PlainText.line(" a\r\n\t b\u001b\u00a0c  ")).isEqualTo("a b c");
    assertThat(PlainText.line("x".repeat(500))).hasSize(500);
    assertThat(PlainText.line("x".repeat(501))).isEqualTo("x".repeat(499) + "…");
    assertThat(PlainText.line("x".repeat(498) + "\ud83d\ude00\ud83d\ude00"))
        .isEqualTo("x".repeat(498) + "…");
  }
}
