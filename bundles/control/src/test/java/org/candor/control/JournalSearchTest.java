package org.candor.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalSearchTest {

  private static final JournalEntry ENTRY =
      new JournalEntry(
          "P-1",
          Instant.parse("2026-11-22T19:00:00Z"),
          "segment",
          Purpose.USAGE,
          "configuration",
          17,
          "ab12",
          "https://api.segment.io",
          Outcome.DELIVERED,
          "200 OK",
          "0".repeat(64));

  @ParameterizedTest
  @CsvSource({
    "'',true",
    "'  ',true",
    "p-1,true",
    "SEGMENT.io delivered,true",
    "'\tusage\n ok ',true",
    "2026-11-22t19 ab1,true",
    "segment refused,false",
    "sentry,false",
    "000000,false"
  })
  void everyWordHasToBeThere(String words, boolean finds) {
    assertThat(JournalSearch.of(words).finds(ENTRY)).isEqualTo(finds);
  }
}
