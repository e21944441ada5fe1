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

  private static final String HIDDEN =
      "\u0000\u0007\u001b\u007f\u009b\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
          + "\u2066\u2067\u2068\u2069\ufeff\u00ad\ud800\udb40\udc01";

  @Test
  void whatHidesIsShownAsOneSpaceAndAllElseStays() {
    assertThat(PlainText.shown("  a  b" + HIDDEN + "c\n")).isEqualTo("  a  b c ");
    assertThat(PlainText.shown("Gr\u00f6\u00dfe \ud83d\ude00"))
        .isEqualTo("Gr\u00f6\u00dfe \ud83d\ude00");
    assertThat(PlainText.shown("x".repeat(9_000))).hasSize(9_000);
  }

  @Test
  void jsonMeansTheSameWhenItIsEscapedAndHidesNothing() {
    String json = "{\n\t\"a\": \"Gr\u00f6\u00dfe" + HIDDEN.substring(3) + "\"}\n";
    String escaped = PlainText.escaped(json);
    assertThat(escaped)
        .startsWith("{\n\t\"a\": \"Gr\u00f6\u00dfe\\u007f\\u009b\\u061c\\u200e")
        .endsWith("\\ud800\\udb40\\udc01\"}\n");
    assertThat(PlainText.is(escaped.replaceAll("\\s", "").substring(0, 60))).isTrue();
    assertThat(PlainText.escaped("{\"a\":1}")).isEqualTo("{\"a\":1}");
  }
}
