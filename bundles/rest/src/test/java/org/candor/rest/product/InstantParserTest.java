package org.candor.rest.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantParserTest {

  @Test
  void whatBrowsersWriteIsTheSameMoment() {
    for (long millis = 0; millis < 4_000_000_000_000L; millis += 86_399_987_654L) {
      String text = DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(millis + 1));
      assertThat(InstantParser.of(text)).isEqualTo(Instant.parse(text));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2028-02-29T23:59:59.999Z, 2028-02-29T23:59:59.999Z",
    "2026-03-01T13:30:00.5+01:00, 2026-03-01T12:30:00.5Z",
    "2026-03-01T13:30:00.12+00:00, 2026-03-01T13:30:00.12Z",
    "2026-03-01T13:30Z, 2026-03-01T13:30:00Z",
  })
  void otherFormsAreReadToo(String text, Instant moment) {
    assertThat(InstantParser.of(text)).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-13-01T00:00:00.000Z",
        "2026-02-29T00:00:00.000Z",
        "2026-03-01T24:00:00.000Z",
        "2026-03-01T00:00:60.000Z",
        "2026-03-01T00:00:00.00xZ",
        "2026-03-01 00:00:00.000Z",
        "2026-03-01T00:00:00.000z0",
      })
  void whatIsNoMomentIsRefused(String text) {
    assertThatThrownBy(() -> InstantParser.of(text)).isInstanceOf(DateTimeException.class);
  }
}
