package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Answered;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.control.ConsentChange;
import org.candor.control.Way;
import org.candor.core.MovableClock;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of answers when others answer, restore, damage or lock at the same time. */
class AnswerKeeperTest {

  private static final Answerer ANNA = new Answerer(Way.HTTP, "anna", "192.0.2.7");
  private static final Answers OFF = Answers.of(Set.of(Purpose.USAGE), false);
  private static final Answers ON = Answers.of(Set.of(Purpose.USAGE), true);

  @TempDir Path karaf;
  private final MovableClock clock = new MovableClock();
  private final MemoryRecord journal = new MemoryRecord();
  private Path answers;
  private Etc etc;
  private Consent consent;

  @BeforeEach
  void start() throws IOException {
    etc = new Etc(Files.createDirectories(karaf.resolve("etc")));
    answers = karaf.resolve("etc/org.candor.consent.answers");
    restart();
  }

  private void restart() {
    consent = new ConsentBuilder(etc).clock(clock).journal(journal).build();
    consent.changed();
  }

  private AnswerKeeper keeper(ConsentAuditLog record) {
    Layers layers = new Layers();
    ConfiguredLayer file = new ConfiguredLayer(etc, ConsentFixture.config("", "10m"), clock);
    EnvironmentLayer environment = new EnvironmentLayer(Map.of());
    ParentLayer parent = new ParentLayer(Path.of("/karaf"), Path.of("/karaf"), clock);
    Decider decider = new Decider(file, environment, parent, layers);
    return AnswerKeeper.of(
        new AnswerFile(etc, clock),
        record,
        decider,
        new LayerRecorder(file, environment, layers, decider, clock),
        layers,
        Optional::empty,
        clock);
  }

  private boolean allowed() {
    return consent.explain(Purpose.USAGE).allowed();
  }

  private static String line(ConsentChange change) {
    return change.purpose().map(Purpose::label).orElse("")
        + " "
        + change.from().label()
        + " "
        + change.to().label()
        + " "
        + change.way().label()
        + " "
        + change.by();
  }

  @Test
  void ofTwoWhoAnswerAtOnceEachIsOnRecordUnderItsOwnName() throws IOException {
    AtomicBoolean first = new AtomicBoolean(true);
    // The denial counts, and is not written yet.
    consent.onChange(
        () -> {
          if (first.getAndSet(false)) {
            try {
              consent.answer(Answers.of(Set.of(Purpose.ERRORS), false), ANNA);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
        });
    consent.answer(OFF, ConsentFixture.SHELL);
    assertThat(journal.changes)
        .extracting(AnswerKeeperTest::line)
        .containsExactlyInAnyOrder(
            "usage unset denial shell karaf", "errors unset denial http anna");
  }

  @Test
  void whatCouldNotBeWrittenIsOnRecordUnderItsNameOnceItCan() throws IOException {
    Path blocking =
        Files.createDirectories(answers.resolveSibling(".org.candor.consent.answers.new/x"));
    Files.writeString(karaf.resolve("var"), "no folder");
    assertThatThrownBy(() -> consent.answer(OFF, ConsentFixture.SHELL))
        .isInstanceOf(IOException.class);
    assertThat(allowed()).isFalse();
    Files.delete(blocking);
    Files.delete(blocking.getParent());
    consent.look();
    restart();
    assertThat(allowed()).isFalse();
    assertThat(journal.changes)
        .extracting(AnswerKeeperTest::line)
        .containsExactly("usage unset denial shell karaf");
  }

  @Test
  void aDenialThatIsGivenWhileTheAnswersCannotBeReadCountsAfterwards() throws IOException {
    Files.createDirectories(answers);
    restart();
    assertThatThrownBy(() -> consent.answer(OFF, ConsentFixture.SHELL))
        .isInstanceOf(IOException.class);
    Files.delete(answers);
    assertThat(allowed()).isFalse();
    consent.look();
    restart();
    assertThat(allowed()).isFalse();
    assertThat(journal.changes)
        .extracting(AnswerKeeperTest::line)
        .containsExactly("usage unset denial shell karaf");
  }

  @Test
  void anOldCopyThatIsPutOverTheAnswersLosesNoDenialAtTheNextStart() throws IOException {
    consent.answer(ON, ConsentFixture.SHELL);
    byte[] backup = Files.readAllBytes(answers);
    clock.advance(Duration.ofMinutes(1));
    consent.answer(OFF, ConsentFixture.SHELL);
    Files.write(answers, backup);
    consent.look();
    restart();
    assertThat(allowed()).as("an old backup").isFalse();
    Files.delete(answers);
    consent.look();
    restart();
    assertThat(allowed()).as("deleted").isFalse();
  }

  @Test
  void anOldCopyInBothPlacesIsWrittenOverBeforeTheNextStart() throws IOException {
    consent.answer(ON, ConsentFixture.SHELL);
    byte[] backup = Files.readAllBytes(answers);
    clock.advance(Duration.ofMinutes(1));
    consent.answer(OFF, ConsentFixture.SHELL);
    Files.write(answers, backup);
    Files.write(karaf.resolve("var/candor/org.candor.consent.answers"), backup);
    consent.look();
    restart();
    assertThat(allowed()).isFalse();
  }

  @Test
  void aCopyThatNotesAChangeAsNotRecordedPutsItOnRecordNoSecondTime() throws IOException {
    journal.broken = true;
    consent.answer(OFF, ConsentFixture.SHELL);
    byte[] backup = Files.readAllBytes(answers);
    journal.broken = false;
    consent.look();
    assertThat(journal.changes).hasSize(1);
    Files.write(answers, backup);
    consent.look();
    consent.changed();
    consent.answer(ON, ConsentFixture.SHELL);
    assertThat(journal.changes).hasSize(2).extracting(ConsentChange::id).doesNotHaveDuplicates();
  }

  @Test
  void anEntryThatTheJournalTookBeforeItFailedIsThereOnce() throws IOException {
    AtomicBoolean fails = new AtomicBoolean(true);
    ConsentAuditLog failing =
        new ConsentAuditLog() {
          @Override
          public void append(ConsentChange change) throws IOException {
            journal.append(change);
            if (fails.getAndSet(false)) {
              throw new IOException("could not be put on disk");
            }
          }

          @Override
          public boolean has(String id) {
            return journal.has(id);
          }
        };
    consent = new ConsentBuilder(etc).clock(clock).journal(failing).build();
    consent.answer(OFF, ConsentFixture.SHELL);
    consent.look();
    assertThat(journal.changes).hasSize(1);
  }

  @Test
  void aGrantTakesBackNoDenialThatCameAfterItWasAskedFor() throws IOException {
    AnswerKeeper keeper = keeper(journal);
    AnswerMemory memory = keeper.memory();
    AnswerMemory.Asked grant =
        memory.hold(Optional.of(keeper.queries().answers()), ON, ANNA).orElseThrow();
    AnswerMemory.Asked denial =
        memory.hold(Optional.empty(), OFF, ConsentFixture.SHELL).orElseThrow();
    keeper.writer().answer(denial, OFF, ConsentFixture.SHELL, accepted -> {});
    Answered answered = keeper.writer().answer(grant, ON, ANNA, accepted -> {});
    assertThat(answered.refused()).singleElement().extracting("layer").isEqualTo("answers");
    assertThat(keeper.queries().explain(Purpose.USAGE, Optional.empty()).allowed()).isFalse();
  }

  @Test
  void aDenialThatComesWhileAnotherGoesOnRecordIsWrittenOnlyWithItsEntry() throws IOException {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    AnswerKeeper keeper =
        keeper(
            new ConsentAuditLog() {
              @Override
              public void append(ConsentChange change) throws IOException {
                meanwhile.getAndSet(() -> {}).run();
                journal.append(change);
              }

              @Override
              public boolean has(String id) {
                return journal.has(id);
              }
            });
    meanwhile.set(() -> hold(keeper, Answers.of(Set.of(Purpose.ERRORS), false)));
    hold(keeper, OFF);
    keeper.writer().record();
    assertThat(new AnswerFile(etc, clock).read().denials().values())
        .extracting(Denial::subject)
        .containsExactly(Subject.of(Purpose.USAGE));
    assertThat(keeper.writer().isBehind()).isTrue();
    keeper.writer().record();
    assertThat(journal.changes).hasSize(2);
    assertThat(keeper.writer().isBehind()).isFalse();
  }

  private static void hold(AnswerKeeper keeper, Answers answers) {
    try {
      keeper.memory().hold(Optional.empty(), answers, ANNA);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAnswerCountsAtOnceEvenIfTheClockWasSetBack() throws IOException {
    Path file = karaf.resolve("etc/org.candor.consent.cfg");
    Files.writeString(file, "usage = false\n");
    consent.changed();
    Files.writeString(file, "usage = true\n");
    consent.changed();
    assertThat(consent.opens(Purpose.USAGE)).isPresent();
    clock.advance(Duration.ofDays(-2));
    consent.answer(ON, ConsentFixture.SHELL);
    assertThat(consent.opens(Purpose.USAGE)).isEmpty();
  }

  @Test
  void aGrantToACopyCountsEvenIfTheClockWasSetBack() throws IOException {
    Files.writeString(karaf.resolve("etc/org.candor.consent.cfg"), "unanswered = no\n");
    Instant copied = clock.instant();
    clock.advance(Duration.ofDays(-2));
    consent = new ConsentBuilder(etc).clock(clock).journal(journal).copied(copied).build();
    consent.changed();
    assertThat(allowed()).isFalse();
    assertThat(consent.answer(ON, ConsentFixture.SHELL).refused()).isEmpty();
    assertThat(allowed()).isTrue();
  }

  @Test
  void aLayerThatChangesWhileItIsWrittenDownIsOnRecordOnce() {
    AtomicInteger asked = new AtomicInteger(Integer.MIN_VALUE);
    consent.bindLayer(
        purpose ->
            purpose == Purpose.USAGE && asked.incrementAndGet() > 1
                ? Verdict.forbids("no")
                : Verdict.silent("nothing"),
        Map.of(LayerName.PROPERTY, "cluster-spec"));
    asked.set(0);
    consent.changed();
    consent.changed();
    assertThat(allowed()).isFalse();
    assertThat(journal.changes)
        .extracting(AnswerKeeperTest::line)
        .containsExactly("usage unset denial cluster-spec ");
  }

  @Test
  void whatAFileAllowsIsOnRecordUnderItsOwner() throws IOException {
    Path file = karaf.resolve("etc/org.candor.consent.cfg");
    Files.writeString(file, "usage = true\n");
    consent.changed();
    assertThat(journal.changes)
        .extracting(AnswerKeeperTest::line)
        .containsExactly("usage unset grant file " + Files.getOwner(file).getName());
  }

  @Test
  void aDenialThatSomebodyPutsInVarOutlivesTheNextWrite() throws IOException {
    Path other = Files.createDirectories(karaf.resolve("other/etc"));
    new ConsentBuilder(new Etc(other))
        .clock(clock)
        .build()
        .answer(Answers.of(Set.of(Purpose.ERRORS), false), ANNA);
    journal.broken = true;
    consent.answer(OFF, ConsentFixture.SHELL);
    journal.broken = false;
    Path var = Files.createDirectories(karaf.resolve("var/candor"));
    Files.copy(
        other.resolve("org.candor.consent.answers"),
        var.resolve("org.candor.consent.answers"),
        StandardCopyOption.REPLACE_EXISTING);
    consent.changed();
    restart();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isFalse();
    assertThat(allowed()).isFalse();
  }
}
