package org.candor.core.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashFoldingTest {

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final AtomicReference<CrashStage> stage = new AtomicReference<>(CrashStage.NEW);
  private CrashFile file;

  @BeforeEach
  void open() {
    file = new CrashFile(new StoreFixture(directory.resolve("var")).store(), clock);
  }

  @AfterEach
  void close() {
    file.close();
  }

  private CrashFolding folding() throws IOException {
    return new CrashFolding(file.contents(), stage::get, clock.instant());
  }

  private void crash(String component, int first, int last) throws IOException {
    for (int i = first; i <= last; i++) {
      assertThat(folding().take(CrashFixture.exit(component + i, component, 3), component))
          .isTrue();
    }
  }

  private List<Long> counts() throws IOException {
    return file.contents().crashes().after(0, 99).stream().map(KeptCrash::count).toList();
  }

  @Test
  void theFirstFewAreKeptOneByOneAndTheRestAreCounted() throws IOException {
    crash("a", 1, Repetition.FEW);
    assertThat(folding().nextEnd()).isEmpty();
    crash("a", Repetition.FEW + 1, Repetition.FEW + 2);
    assertThat(counts()).containsExactly(1L, 1L, 1L);
    assertThat(folding().nextEnd()).contains(clock.instant().plus(Duration.ofMinutes(1)));
  }

  @Test
  void aCrashThatWasCountedIsKnown() throws IOException {
    crash("a", 1, Repetition.FEW + 1);
    for (int i : IntStream.rangeClosed(1, Repetition.FEW + 1).toArray()) {
      assertThat(folding().take(CrashFixture.exit("a" + i, "a", 3), "a")).isFalse();
    }
    assertThat(file.contents().page(Long.MAX_VALUE, 99))
        .first()
        .extracting(KeptCrash::count)
        .isEqualTo(1L);
  }

  @Test
  void aLoopIsClosedAtItsEndAndNotBefore() throws IOException {
    crash("a", 1, Repetition.FEW + 2);
    clock.advance(Duration.ofSeconds(59));
    assertThat(folding().closeLoops()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(folding().closeLoops()).isTrue();
    assertThat(counts()).containsExactly(1L, 1L, 1L, 2L);
    assertThat(folding().closeLoops()).isFalse();
    assertThat(folding().nextEnd()).isEmpty();
  }

  @Test
  void whileALoopGoesOnEachPeriodIsTwiceAsLong() throws IOException {
    crash("a", 1, Repetition.FEW + 1);
    clock.advance(Duration.ofMinutes(1));
    folding().closeLoops();
    crash("a", 10, 10);
    assertThat(folding().nextEnd()).contains(clock.instant().plus(Duration.ofMinutes(2)));
  }

  @Test
  void whatIsClosedWhileTheOwnerSaysNoIsWithheld() throws IOException {
    crash("a", 1, Repetition.FEW + 2);
    clock.advance(Duration.ofMinutes(1));
    stage.set(CrashStage.WITHHELD);
    folding().closeLoops();
    crash("b", 1, 1);
    assertThat(counts()).containsExactly(1L, 1L, 1L);
    assertThat(file.contents().page(Long.MAX_VALUE, 99))
        .filteredOn(kept -> kept.stage() == CrashStage.WITHHELD)
        .extracting(KeptCrash::count)
        .containsExactlyInAnyOrder(2L, 1L);
  }

  @Test
  void crashesOfAnotherKindAreNoRepetition() throws IOException {
    crash("a", 1, Repetition.FEW);
    crash("b", 1, 1);
    assertThat(counts()).containsExactly(1L, 1L, 1L, 1L);
  }
}
