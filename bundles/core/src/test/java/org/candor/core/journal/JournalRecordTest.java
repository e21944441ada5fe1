package org.candor.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalRecordTest {

  /** Refused together they go one by one; what an abort stopped is erased in another entry. */
  @ParameterizedTest
  @CsvSource({
    "DELIVERED, 2, 9, true",
    "REFUSED, 1, 9, true",
    "REFUSED, 2, 9, false",
    "WITHDRAWN, 2, 0, true",
    "WITHDRAWN, 2, 9, false",
    "RETRY, 1, 9, false",
    "INTERRUPTED, 1, 9, false"
  })
  void whatIsSettledNeedsNoFurtherAttempt(
      Outcome outcome, int messages, long bytes, boolean settled) {
    assertThat(record(outcome, messages, bytes).isSettled()).isEqualTo(settled);
  }

  @Test
  void itsEndChangesNothingElse() {
    JournalRecord begun = record(Outcome.INTERRUPTED, 2, 9);
    JournalRecord ended = begun.ended(Outcome.RETRY, "503");
    assertThat(ended.outcome()).isEqualTo(Outcome.RETRY);
    assertThat(ended.answer()).isEqualTo("503");
    assertThat(ended.ended(begun.outcome(), begun.answer())).isEqualTo(begun);
    assertThat(RecordCodec.decode(RecordCodec.encode(ended))).isEqualTo(ended);
  }

  private static JournalRecord record(Outcome outcome, int messages, long bytes) {
    List<String> ids = IntStream.range(0, messages).mapToObj(i -> "m" + i).toList();
    return new JournalRecord(
        "p",
        Instant.EPOCH,
        "c",
        Purpose.ERRORS,
        "answers",
        bytes,
        "digest",
        "https://here",
        outcome,
        "said",
        ids);
  }
}
