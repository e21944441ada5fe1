package org.candor.core.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.candor.api.consent.Purpose;
import org.candor.control.Answers;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.consent.Consent;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashConsentTest {

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private CrashFile file;

  @BeforeEach
  void open() {
    file = new CrashFile(new StoreFixture(directory.resolve("var")).store(), clock);
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Test
  void aCrashIsOfTheStageThatTheOwnerAllows() throws IOException {
    Etc etc = new Etc(Files.createDirectories(directory.resolve("etc")));
    Consent consent = ConsentFixture.consent(ConsentFixture.layer(etc), etc);
    CrashConsent crashes = new CrashConsent(consent);
    assertThat(crashes.stage()).isEqualTo(CrashStage.NEW);
    consent.answer(Answers.of(Set.of(Purpose.USAGE), false), ConsentFixture.SHELL);
    assertThat(crashes.stage()).isEqualTo(CrashStage.NEW);
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), false), ConsentFixture.SHELL);
    assertThat(crashes.stage()).isEqualTo(CrashStage.WITHHELD);
  }

  @Test
  void whatAChannelHasTakenIsNotWithheld() throws IOException {
    KeptCrashes crashes = file.contents().crashes();
    crashes.add(CrashFixture.segv("taken"), "c", 1, CrashStage.NEW);
    crashes.mark(crashes.newest().orElseThrow().number(), CrashStage.TAKEN);
    crashes.add(CrashFixture.segv("new"), "c", 1, CrashStage.NEW);
    CrashConsent.withhold(file.contents(), clock.instant());
    assertThat(file.contents().page(Long.MAX_VALUE, 9))
        .extracting(KeptCrash::stage)
        .containsExactly(CrashStage.WITHHELD, CrashStage.TAKEN);
  }

  @Test
  void whatWasCountedBeforeIsWithheldAndCountingBeginsAnew() throws IOException {
    CrashContents contents = file.contents();
    for (int i = 0; i < Repetition.FEW + 2; i++) {
      new CrashFolding(contents, () -> CrashStage.TAKEN, clock.instant())
          .take(CrashFixture.exit("crash " + i, "flapping", 3), "c");
    }
    CrashConsent.withhold(contents, clock.instant());
    clock.advance(Duration.ofHours(2));
    CrashFolding later = new CrashFolding(contents, () -> CrashStage.NEW, clock.instant());
    assertThat(later.closeLoops()).as("a number that counts what was withheld").isFalse();
    assertThat(contents.crashes().newest())
        .hasValueSatisfying(
            kept -> {
              assertThat(kept.count()).isEqualTo(2);
              assertThat(kept.stage()).isEqualTo(CrashStage.WITHHELD);
            });
  }
}
