package org.candor.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompactionTest {

  private static final long BOUND = 1_000;

  private final Compaction compaction = new Compaction();

  @Test
  void aFileIsCompactedBeyondThreeQuartersOfItsBound() {
    assertThat(compaction.isDue(750, BOUND)).isFalse();
    assertThat(compaction.isDue(751, BOUND)).isTrue();
  }

  @Test
  void whatIsNearlyAllContentIsNotCopiedAgainAndAgain() {
    compaction.done(800);
    assertThat(compaction.isDue(1_199, BOUND)).isFalse();
    assertThat(compaction.isDue(1_200, BOUND)).isTrue();
  }

  @Test
  void contentMayTakeAQuarterOfTheBound() {
    assertThat(Compaction.mayHold(BOUND)).isEqualTo(250);
  }
}
