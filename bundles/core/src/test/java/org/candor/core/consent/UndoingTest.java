package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.candor.core.MovableClock;
import org.junit.jupiter.api.Test;

class UndoingTest {

  private static final boolean PERSON = false;
  private static final boolean FRAMEWORK = true;

  private final MovableClock clock = new MovableClock();
  private final Undoing undoing = new Undoing(Set.of("usage", "errors"), clock);

  @Test
  void aNoThatAPersonWroteAndTheFrameworkPutTheOldOverIsUndone() {
    undoing.read(Map.of("usage", "true"), FRAMEWORK);
    undoing.read(Map.of("usage", "false"), PERSON);
    assertThat(undoing.undone()).isEmpty();
    undoing.read(Map.of("usage", "true"), FRAMEWORK);
    assertThat(undoing.undone()).containsExactly(Map.entry("usage", "false"));
    undoing.wrote(Map.of("usage", "false"));
    assertThat(undoing.undone()).isEmpty();
  }

  @Test
  void whatTheFrameworkReadFromAnEmptyFileUndoesAnswers() {
    undoing.wrote(Map.of("usage", "false", "errors", "true", "grace", "1h"));
    undoing.read(Map.of("x", "y"), FRAMEWORK);
    assertThat(undoing.undone())
        .containsOnly(
            Map.entry("usage", "false"), Map.entry("errors", "true"), Map.entry("grace", "1h"));
  }

  @Test
  void aYesIsNeverPutOverANo() {
    undoing.wrote(Map.of("usage", "true"));
    undoing.read(Map.of("usage", "false"), FRAMEWORK);
    assertThat(undoing.undone()).isEmpty();
  }

  @Test
  void aYesIsNotPutBackWhereItMayHaveBeenTakenBack() {
    undoing.wrote(Map.of("usage", "true", "errors", "false"));
    undoing.read(Map.of("usage", "", "errors", ""), FRAMEWORK);
    assertThat(undoing.undone()).containsExactly(Map.entry("errors", "false"));
  }

  @Test
  void aPersonMayChangeTheirMind() {
    undoing.wrote(Map.of("usage", "false"));
    undoing.read(Map.of("usage", "true"), PERSON);
    assertThat(undoing.undone()).isEmpty();
  }

  @Test
  void configAdminMayBeChangedByACommandOfKaraf() {
    undoing.read(Map.of("usage", "false"), FRAMEWORK);
    undoing.read(Map.of("usage", "true"), FRAMEWORK);
    assertThat(undoing.undone()).isEmpty();
    undoing.read(Map.of("usage", "false"), PERSON);
    clock.advance(Duration.ofSeconds(6));
    undoing.read(Map.of("usage", "true"), FRAMEWORK);
    assertThat(undoing.undone()).isEmpty();
  }

  @Test
  void whatIsNoAnswerMayChange() {
    undoing.wrote(Map.of("usage", "false", "grace", "1h"));
    undoing.read(Map.of("usage", "false", "grace", "2h"), FRAMEWORK);
    assertThat(undoing.undone()).isEmpty();
  }
}
