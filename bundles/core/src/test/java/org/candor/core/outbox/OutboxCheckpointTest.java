package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxCheckpointTest {

  @Test
  void itIsReadAsItWasWritten() {
    OutboxCheckpoint checkpoint = new OutboxCheckpoint(7, Map.of("a b", 3L, "c", 0L));
    assertThat(checkpoint.text()).isEqualTo("7\n3 a b\n0 c");
    assertThat(OutboxCheckpoint.of(checkpoint.text())).contains(checkpoint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "7\n3", "7\nx a", "7\n a"})
  void whatIsDamagedIsNone(String text) {
    assertThat(OutboxCheckpoint.of(text)).isEmpty();
  }

  @Test
  void missingIsWhatIsNeitherThereNorSettled() {
    OutboxCheckpoint checkpoint =
        new OutboxCheckpoint(7, Map.of("gone", 5L, "there", 4L, "settled", 3L, "more", 1L));
    assertThat(
            checkpoint.missing(
                Map.of("gone", 1L, "there", 4L, "more", 2L), Map.of("gone", 2L, "settled", 3L)))
        .containsExactly(Map.entry("gone", 2L));
  }
}
