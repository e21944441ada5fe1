package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.candor.core.outbox.OutboxCheckpoint.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxCheckpointTest {

  @Test
  void itIsReadAsItWasWritten() {
    OutboxCheckpoint checkpoint =
        new OutboxCheckpoint(7, 12, Map.of("a b", new Waiting(3, 9), "c", new Waiting(1, 12)));
    assertThat(checkpoint.text()).isEqualTo("7 12\n3 9 a b\n1 12 c");
    assertThat(OutboxCheckpoint.of(checkpoint.text())).contains(checkpoint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "7", "7 9\n3", "7 9\n3 4", "7 9\nx 1 a", "7 9\n 1 a", "7\n3 a"})
  void whatIsDamagedIsNone(String text) {
    assertThat(OutboxCheckpoint.of(text)).isEmpty();
  }

  @Test
  void whatIsOlderThanTheOldestHadGone() {
    OutboxCheckpoint checkpoint = new OutboxCheckpoint(7, 12, Map.of("a", new Waiting(3, 9)));
    assertThat(checkpoint.isGone("a", 8)).isTrue();
    assertThat(checkpoint.isGone("a", 9)).isFalse();
    assertThat(checkpoint.isGone("b", 12)).as("nothing waited there").isTrue();
    assertThat(checkpoint.isGone("b", 13)).as("it came later").isFalse();
  }

  @Test
  void missingIsWhatWaitedAndIsNeitherThereNorSettled() {
    OutboxCheckpoint checkpoint =
        new OutboxCheckpoint(
            7,
            30,
            Map.of(
                "gone",
                new Waiting(5, 10),
                "there",
                new Waiting(2, 21),
                "done",
                new Waiting(1, 5)));
    assertThat(
            checkpoint.missing(
                Map.of(10L, "gone", 21L, "there", 22L, "there", 31L, "gone"),
                Map.of(11L, "gone", 5L, "done", 2L, "gone")))
        .as("2 had gone before, 31 came later")
        .containsExactly(Map.entry("gone", 3L));
  }
}
