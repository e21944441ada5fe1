package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Answers;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Explanation.LayerExplanation;
import org.candor.core.MovableClock;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is on disk after an answer, and what is on record. */
class AnswerWriterTest {

  private static final Answers OFF = Answers.of(Set.of(Purpose.USAGE), false);
  private static final Answers ON = Answers.of(Set.of(Purpose.USAGE), true);
  private static final Answers CHANNEL_OFF = new Answers(Map.of(), Map.of("segment", false));

  @TempDir Path karaf;
  private final MovableClock clock = new MovableClock();
  private final MemoryRecord journal = new MemoryRecord();
  private Etc etc;
  private Path file;
  private Path answers;
  private Consent consent;

  @BeforeEach
  void start() throws IOException {
    etc = new Etc(Files.createDirectories(karaf.resolve("etc")));
    file = karaf.resolve("etc/org.candor.consent.cfg");
    answers = karaf.resolve("etc/org.candor.consent.answers");
    restart();
  }

  private void restart() {
    consent = new ConsentBuilder(etc).clock(clock).journal(journal).build();
    consent.changed();
  }

  private void answer(Answers given) throws IOException {
    clock.advance(Duration.ofSeconds(1));
    consent.answer(given, ConsentFixture.SHELL);
  }

  private long lines(String kind) throws IOException {
    return Files.readString(answers)
        .lines()
        .filter(line -> line.contains("\"kind\":\"" + kind + "\""))
        .count();
  }

  @Test
  void aChangeIsNotedAsUnrecordedOnceUntilTheJournalHasIt() throws IOException {
    journal.broken = true;
    answer(OFF);
    assertThat(lines("unrecorded")).isEqualTo(1);
    answer(ON);
    assertThat(lines("unrecorded")).isEqualTo(2);
    answer(CHANNEL_OFF);
    assertThat(lines("unrecorded")).isEqualTo(3);
    journal.broken = false;
    consent.changed();
    assertThat(journal.changes).hasSize(3);
    assertThat(lines("unrecorded")).isZero();
  }

  @Test
  void anAnswerThatStandsAlreadyWritesNothing() throws IOException {
    answer(OFF);
    consent.changed();
    String written = Files.readString(answers);
    answer(OFF);
    consent.changed();
    assertThat(Files.readString(answers)).isEqualTo(written);
    answer(CHANNEL_OFF);
    assertThat(Files.readString(answers)).isNotEqualTo(written);
  }

  @Test
  void aDenialIsNoGrantToAnybody() throws IOException {
    AtomicInteger grants = new AtomicInteger();
    consent.onGrant(accepted -> grants.incrementAndGet());
    answer(OFF);
    answer(OFF);
    assertThat(grants).hasValue(0);
  }

  @Test
  void whoeverListensToGrantsLearnsOfChannelsToo() throws IOException {
    AtomicReference<Answers> granted = new AtomicReference<>(OFF);
    consent.onGrant(granted::set);
    Answers both = new Answers(Map.of(Purpose.USAGE, true), Map.of("segment", true));
    answer(CHANNEL_OFF);
    answer(both);
    assertThat(granted).hasValue(both);
  }

  /** Its target is the cluster that it speaks for. */
  @ParameterizedTest
  @CsvSource({"ALLOWS, c1, SILENT, c1", "SILENT, c1, ALLOWS, c1", "ALLOWS, c1, ALLOWS, c2"})
  void whatALayerSaidLastIsWhatCountsWhileItCannotTellAfterARestart(
      LayerAnswer first, String firstTarget, LayerAnswer last, String lastTarget) {
    AtomicReference<Verdict> verdict = new AtomicReference<>(new Verdict(first, "", firstTarget));
    bind(purpose -> verdict.get());
    verdict.set(new Verdict(last, "", lastTarget));
    consent.changed();
    restart();
    bind(purpose -> new Verdict(LayerAnswer.UNKNOWN, "it is down", lastTarget));
    assertThat(consent.explain(Purpose.USAGE).layers())
        .filteredOn(layer -> layer.layer().equals("spec"))
        .extracting(LayerExplanation::verdict)
        .containsExactly(last);
  }

  private void bind(ConsentLayer layer) {
    consent.bindLayer(layer, Map.of(LayerName.PROPERTY, "spec", ConsentLayer.ANSWERS, true));
  }

  @Test
  void eachDenialThatIsGivenWhileNothingCanBeReadCounts() throws IOException {
    Files.createDirectories(answers);
    restart();
    for (Purpose purpose : Set.of(Purpose.USAGE, Purpose.ERRORS)) {
      assertThatThrownBy(() -> answer(Answers.of(Set.of(purpose), false)))
          .isInstanceOf(IOException.class);
    }
    Files.delete(answers);
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isFalse();
    assertThat(consent.explain(Purpose.VERSION_CHECK).allowed()).isTrue();
  }

  @Test
  void aGrantOfSomethingElseMakesNoChannelGranted() throws IOException {
    answer(ON);
    answer(CHANNEL_OFF);
    assertThat(journal.last().channel()).contains("segment");
    assertThat(journal.last().from()).isEqualTo(ConsentState.UNSET);
  }

  @Test
  void whatAFileForbidsAgainAfterItWasGoneIsAnotherDenial() throws IOException {
    write("usage = false\n");
    write("usage =\n");
    clock.advance(Duration.ofMinutes(1));
    write("usage = false\n");
    write("usage =\n");
    assertThat(journal.changes).extracting(ConsentChange::to).containsOnly(ConsentState.DENIAL);
    assertThat(journal.changes).hasSize(2);
    assertThat(consent.explain(Purpose.USAGE).layers().get(0).why())
        .contains("since 2026-11-21T12:01:00Z");
  }

  @Test
  void anOptOutTakesBackTheOptInOnly() throws IOException {
    write("unanswered = no\nerrors = false\n");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
    write("unanswered = yes\n");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).as("said expressly").isFalse();
    Denial optIn =
        new AnswerFile(etc, clock)
            .read().denials().values().stream()
                .filter(denial -> denial.subject().equals(Subject.of(Purpose.USAGE)))
                .findFirst()
                .orElseThrow();
    assertThat(optIn.vanished()).as("taken back, not gone").isEmpty();
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
    consent.changed();
  }
}
