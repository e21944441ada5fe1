package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.candor.api.consent.Purpose;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.control.Way;
import org.candor.core.MovableClock;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerMemoryTest {

  private static final Answerer ANNA = new Answerer(Way.HTTP, "anna", "192.0.2.7");
  private static final Answers NONE = Answers.of(Set.of(), false);
  private static final Answers OFF = Answers.of(Set.of(Purpose.USAGE), false);
  private static final Answers ON = Answers.of(Set.of(Purpose.USAGE), true);

  @TempDir Path karaf;
  private final MovableClock clock = new MovableClock();
  private final AnswersLayerCache layers = new AnswersLayerCache(Optional::empty);
  private Path file;
  private AnswerDisk disk;
  private AnswerMemory memory;

  @BeforeEach
  void start() throws IOException {
    Etc etc = new Etc(Files.createDirectories(karaf.resolve("etc")));
    file = karaf.resolve("etc/org.candor.consent.answers");
    disk = new AnswerDisk(new AnswerFile(etc, clock), read -> {});
    memory = new AnswerMemory(disk, layers, clock);
  }

  private Answers inForce() throws IOException {
    return layers.of(memory.book()).answers();
  }

  @Test
  void aDenialCountsBeforeAnythingIsWrittenAndAGrantDoesNot() throws IOException {
    assertThat(memory.hold(Optional.empty(), ON, ANNA).orElseThrow().isNew()).isFalse();
    assertThat(inForce()).isEqualTo(NONE);
    assertThat(memory.hold(Optional.empty(), OFF, ANNA).orElseThrow().isNew()).isTrue();
    assertThat(inForce()).isEqualTo(OFF);
    assertThat(file).doesNotExist();
  }

  @Test
  void whatIsOffAlreadyIsNotDeniedAgain() throws IOException {
    memory.hold(Optional.empty(), OFF, ANNA);
    assertThat(memory.hold(Optional.empty(), OFF, ANNA).orElseThrow().isNew()).isFalse();
    assertThat(memory.book().denials()).hasSize(1);
  }

  @Test
  void whoSawOtherAnswersDeniesNothing() throws IOException {
    memory.hold(Optional.of(NONE), OFF, ANNA);
    assertThat(memory.hold(Optional.of(NONE), Answers.of(Set.of(Purpose.ERRORS), false), ANNA))
        .isEmpty();
    assertThat(inForce()).isEqualTo(OFF);
    assertThat(memory.held()).hasSize(1);
  }

  @Test
  void aDenialIsHeldUntilItIsWritten() throws IOException {
    AnswerBook asked = memory.hold(Optional.empty(), OFF, ANNA).orElseThrow().book();
    List<Denial> due = memory.due(asked);
    assertThat(due).hasSize(1);
    memory.hold(Optional.empty(), Answers.of(Set.of(Purpose.ERRORS), false), ANNA);
    memory.written(asked, due);
    assertThat(memory.held()).as("the one that came meanwhile").hasSize(1);
    assertThat(inForce()).isEqualTo(Answers.of(Set.of(Purpose.USAGE, Purpose.ERRORS), false));
  }

  @Test
  void aDenialThatIsGivenWhileNothingCanBeReadCountsOnce() throws IOException {
    Files.createDirectories(file);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> memory.hold(Optional.empty(), OFF, ANNA))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("nobody knows what was answered");
    }
    assertThat(memory.known()).isEmpty();
    Files.delete(file);
    assertThat(inForce()).isEqualTo(OFF);
    assertThat(memory.held()).hasSize(1);
  }

  @Test
  void whatIsMergedTakesNoDenialAway() throws IOException {
    memory.hold(Optional.empty(), OFF, ANNA);
    AnswerBook all = memory.merge(AnswerBook.EMPTY);
    assertThat(all).isEqualTo(memory.book());
    assertThat(inForce()).isEqualTo(OFF);
  }

  @Test
  void whatWasReadIsNotTakenForAChangeBySomebodyElse() throws IOException {
    disk.write(AnswerBook.EMPTY);
    AnswerDisk another =
        new AnswerDisk(new AnswerFile(new Etc(karaf.resolve("etc")), clock), b -> {});
    assertThat(another.isChanged()).isTrue();
    new AnswerMemory(another, layers, clock).book();
    assertThat(another.isChanged()).isFalse();
    disk.write(AnswerBook.EMPTY.withRemembered(List.of()));
    assertThat(another.isChanged()).isTrue();
  }
}
