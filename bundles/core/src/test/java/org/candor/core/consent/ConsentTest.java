package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Answered;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Explanation;
import org.candor.control.Way;
import org.candor.core.MovableClock;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentTest {

  private static final Answers OFF = Answers.of(Set.of(Purpose.USAGE), false);
  private static final Answers ON = Answers.of(Set.of(Purpose.USAGE), true);

  @TempDir Path karaf;
  private final MovableClock clock = new MovableClock();
  private final MemoryRecord journal = new MemoryRecord();
  private Path file;
  private Path answers;
  private Consent consent;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(karaf.resolve("etc"));
    file = karaf.resolve("etc/org.candor.consent.cfg");
    answers = karaf.resolve("etc/org.candor.consent.answers");
    restart();
  }

  private Etc etc() {
    return new Etc(karaf.resolve("etc"));
  }

  private ConsentBuilder builder() {
    return new ConsentBuilder(etc()).clock(clock).journal(journal);
  }

  private void restart() {
    consent = builder().build();
    consent.changed();
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
    consent.changed();
  }

  private Answered off() throws IOException {
    return consent.answer(OFF, ConsentFixture.SHELL);
  }

  private Answered on() throws IOException {
    return consent.answer(ON, ConsentFixture.SHELL);
  }

  private boolean allowed() {
    return consent.explain(Purpose.USAGE).allowed();
  }

  private String why() {
    return consent.explain(Purpose.USAGE).layers().get(0).why();
  }

  @Test
  void whenNobodyAnsweredItIsAllowedByDefault() {
    Explanation explanation = consent.explain(Purpose.USAGE);
    assertThat(explanation.allowed()).isTrue();
    assertThat(explanation.decidedBy()).isEqualTo("default");
    assertThat(journal.changes).isEmpty();
  }

  @Test
  void anAnswerIsOnDiskInAFileOfCandorsOwnAndSurvivesARestart() throws IOException {
    Files.writeString(file, "# Mine\nusage = \n");
    off();
    restart();
    assertThat(allowed()).isFalse();
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("answers");
    assertThat(why()).contains("turned off by karaf in the shell from 127.0.0.1 at ");
    assertThat(Files.readString(file)).as("only ever read").isEqualTo("# Mine\nusage = \n");
    on();
    restart();
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("answers");
    assertThat(allowed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "key gone", "shipped again", "configuration deleted"})
  void whatAFileForbadeIsForbiddenWhenTheFileTheKeyOrTheConfigurationDisappears(String how)
      throws IOException {
    write("usage = false\n");
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("file");
    switch (how) {
      case "deleted", "configuration deleted" -> Files.delete(file);
      case "key gone" -> Files.writeString(file, "grace = 10m\n");
      default -> Files.writeString(file, "usage =\n");
    }
    clock.advance(Duration.ofSeconds(5));
    consent.changed();
    assertThat(allowed()).isFalse();
    assertThat(why())
        .contains(
            "usage = false in etc/org.candor.consent.cfg, since ",
            ", gone since ",
            "telemetry:enable usage");
    restart();
    assertThat(allowed()).isFalse();
    on();
    assertThat(allowed()).isTrue();
    restart();
    assertThat(allowed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usage = false\nusage = true\n",
        "usage = true\nusage = false\n",
        "Usage = false\nusage = true\n",
        "usage = false\nusage =\n",
        "usage = true\r\nUSAGE = FALSE\r\n",
        "version-check = true\rusage:false\r"
      })
  void aKeyThatStandsTwiceInTheFileCountsAsTheStricter(String text) throws IOException {
    write(text);
    assertThat(allowed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void anEditorsMarkBeforeTheTextHidesNoDenial(String charset) throws IOException {
    Files.writeString(file, "\ufeffusage = false\n", Charset.forName(charset));
    consent.changed();
    assertThat(allowed()).isFalse();
  }

  @Test
  void aFileTakesBackItsOwnDenialOnlyAndAfterANewGracePeriod() throws IOException {
    write("usage = false\n");
    clock.advance(Duration.ofHours(1));
    write("usage = true\n");
    assertThat(allowed()).isTrue();
    assertThat(consent.opens(Purpose.USAGE)).contains(clock.instant().plus(Duration.ofMinutes(10)));
    clock.advance(Duration.ofSeconds(1));
    on();
    assertThat(consent.opens(Purpose.USAGE)).as("an answer counts at once").isEmpty();
    off();
    write("usage = true\n\n");
    assertThat(allowed()).as("a denial by shell is taken back by shell, API or page").isFalse();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isTrue();
  }

  @Test
  void aFileThatAllowsFromTheStartWaitsForNothing() throws IOException {
    write("usage = true\n");
    assertThat(allowed()).isTrue();
    assertThat(consent.opens(Purpose.USAGE)).isEmpty();
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("file");
    assertThat(journal.last().way()).isEqualTo(Way.FILE);
  }

  @Test
  void aGrantOverAFileOrEnvironmentIsRefusedForThatPurposeOnly() throws IOException {
    write("usage = false\n");
    consent = builder().environment("DISABLE_VERSION_CHECK", "true").build();
    Answered answered =
        consent.answer(
            new Answers(
                Map.of(Purpose.USAGE, true, Purpose.VERSION_CHECK, true, Purpose.ERRORS, false)),
            ConsentFixture.SHELL);
    assertThat(answered.refused())
        .extracting(refused -> refused.purpose() + " " + refused.layer() + " " + refused.why())
        .containsExactlyInAnyOrder(
            "USAGE file usage = false in etc/org.candor.consent.cfg",
            "VERSION_CHECK environment DISABLE_VERSION_CHECK=true");
    assertThat(consent.explain(Purpose.ERRORS).decidedBy()).isEqualTo("answers");
    Files.writeString(file, "usage =\n");
    consent.changed();
    assertThat(allowed()).as("what was refused counts for nothing later").isFalse();
  }

  @Test
  void aVariableThatIsGoneAtTheNextStartForbidsUntilAGrant() throws IOException {
    consent = builder().environment("DISABLE_TELEMETRY", "yes").build();
    consent.changed();
    assertThat(journal.changes)
        .extracting(change -> change.way().label() + " " + change.to().label())
        .containsExactlyInAnyOrder("environment denial", "environment denial");
    restart();
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("environment");
    assertThat(why()).contains("DISABLE_TELEMETRY=yes, since ", "telemetry:enable usage");
    on();
    assertThat(allowed()).isTrue();
    assertThat(consent.explain(Purpose.VERSION_CHECK).allowed()).isFalse();
  }

  @Test
  void silenceIsADenialWhereAskedFor() throws IOException {
    write("unanswered = no\nerrors = true\n");
    assertThat(allowed()).isFalse();
    assertThat(why()).contains("unanswered = no in etc/org.candor.consent.cfg");
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isTrue();
    assertThat(on().refused()).isEmpty();
    assertThat(allowed()).isTrue();
    restart();
    assertThat(allowed()).isTrue();
    Files.delete(file);
    consent.changed();
    assertThat(consent.explain(Purpose.VERSION_CHECK).allowed())
        .as("a lost file makes no opt-out of an opt-in")
        .isFalse();
    write("unanswered = yes\n");
    assertThat(consent.explain(Purpose.VERSION_CHECK).allowed()).isTrue();
    assertThat(consent.opens(Purpose.VERSION_CHECK)).isPresent();
  }

  @Test
  void aChannelIsTurnedOffAndOnByNameOnly() throws IOException {
    consent.answer(new Answers(Map.of(), Map.of("sentry-crash", false)), ConsentFixture.SHELL);
    assertThat(consent.explain(Purpose.ERRORS, "sentry-crash").allowed()).isFalse();
    assertThat(consent.explain(Purpose.ERRORS, "other").allowed()).isTrue();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isTrue();
    consent.answer(Answers.of(Set.of(Purpose.values()), true), ConsentFixture.SHELL);
    restart();
    Explanation off = consent.explain(Purpose.ERRORS, "sentry-crash");
    assertThat(off.allowed()).isFalse();
    assertThat(off.layers().get(0).why())
        .contains("sentry-crash was turned off by karaf", "telemetry:enable sentry-crash");
    assertThat(consent.answers().channels()).isEqualTo(Map.of("sentry-crash", false));
    consent.answer(new Answers(Map.of(), Map.of("sentry-crash", true)), ConsentFixture.SHELL);
    assertThat(consent.explain(Purpose.ERRORS, "sentry-crash").allowed()).isTrue();
    assertThat(journal.last().channel()).contains("sentry-crash");
  }

  @Test
  void everyAnswerIsOnRecordOnceWithWhoAndHow() throws IOException {
    off();
    clock.advance(Duration.ofMinutes(1));
    off();
    consent.answer(ON, new Answerer(Way.HTTP, "anna", "192.0.2.7"));
    write("usage = false\n");
    restart();
    assertThat(journal.changes)
        .extracting(
            change ->
                change.purpose().map(Purpose::label).orElse("")
                    + " "
                    + change.from().label()
                    + " "
                    + change.to().label()
                    + " "
                    + change.way().label()
                    + " "
                    + change.address())
        .containsExactly(
            "usage unset denial shell 127.0.0.1",
            "usage denial grant http 192.0.2.7",
            "usage grant denial file ");
    assertThat(journal.last().by()).isEqualTo(Files.getOwner(file).getName());
    assertThat(journal.changes).extracting(ConsentChange::id).doesNotHaveDuplicates();
  }

  @Test
  void whatTheJournalCannotTakeIsRecordedLaterAndOnce() throws IOException {
    journal.broken = true;
    off();
    assertThat(allowed()).isFalse();
    journal.broken = false;
    restart();
    restart();
    assertThat(journal.changes)
        .singleElement()
        .extracting(ConsentChange::to)
        .isEqualTo(ConsentState.DENIAL);
  }

  @Test
  void aDenialIsObeyedBeforeItIsWrittenAndAGrantAfterwards() throws IOException {
    List<Boolean> written = new ArrayList<>();
    consent.onChange(() -> written.add(Files.exists(answers)));
    off();
    assertThat(written.get(0)).isFalse();
    List<Boolean> before = new ArrayList<>();
    consent.onGrant(
        accepted -> {
          before.add(allowed());
          assertThat(accepted.given()).isEqualTo(Map.of(Purpose.USAGE, true));
        });
    on();
    assertThat(before).containsExactly(false);
  }

  @Test
  void aGrantThatChangesNothingStillAcceptsWhatWasAnnounced() throws IOException {
    AtomicInteger accepted = new AtomicInteger();
    consent.onGrant(answers -> accepted.incrementAndGet());
    on();
    on();
    assertThat(accepted).hasValue(2);
    assertThat(journal.changes).hasSize(1);
  }

  @Test
  void whereEtcCannotBeWrittenVarTakesTheAnswers() throws IOException {
    Files.createDirectories(answers.resolveSibling(".org.candor.consent.answers.new/x"));
    off();
    assertThat(answers).doesNotExist();
    assertThat(karaf.resolve("var/candor/org.candor.consent.answers")).exists();
    restart();
    assertThat(allowed()).isFalse();
    on();
    restart();
    assertThat(allowed()).isTrue();
  }

  @Test
  void whereNothingCanBeWrittenADenialHoldsUntilTheRestartAndTheCallerLearnsOfIt()
      throws IOException {
    Files.createDirectories(answers.resolveSibling(".org.candor.consent.answers.new/x"));
    Files.writeString(karaf.resolve("var"), "no folder");
    assertThatThrownBy(this::off).isInstanceOf(IOException.class).hasMessageContaining("neither");
    assertThat(allowed()).isFalse();
    assertThatThrownBy(this::on).isInstanceOf(IOException.class);
    assertThat(allowed()).isFalse();
  }

  @Test
  void anOldCopyThatComesBackTurnsNoDenialIntoAGrantAndMakesNoGrantImpossible() throws IOException {
    on();
    byte[] backup = Files.readAllBytes(answers);
    clock.advance(Duration.ofMinutes(1));
    off();
    Files.write(answers, backup);
    consent.look();
    assertThat(allowed()).isFalse();
    restart();
    assertThat(allowed()).isFalse();
    on();
    restart();
    assertThat(allowed()).isTrue();
  }

  @Test
  void aBackupOfEtcThatIsPutBackWhileStoppedTakesNoDenialAway() throws IOException {
    on();
    byte[] backup = Files.readAllBytes(answers);
    clock.advance(Duration.ofMinutes(1));
    off();
    Files.write(answers, backup);
    restart();
    assertThat(allowed()).isFalse();
    on();
    Files.write(answers, backup);
    restart();
    assertThat(allowed()).isTrue();
  }

  @Test
  void aDamagedLineForbidsEverythingUntilAGrant() throws IOException {
    off();
    on();
    Files.writeString(answers, Files.readString(answers).replace("\"kind\":\"denial\"", "\"kin"));
    restart();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isFalse();
    assertThat(consent.explain(Purpose.ERRORS).layers().get(0).why()).contains("damaged line");
    consent.answer(Answers.of(Set.of(Purpose.values()), true), ConsentFixture.SHELL);
    restart();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isTrue();
  }

  @Test
  void answersThatCannotBeReadForbid() throws IOException {
    Files.createDirectories(answers);
    restart();
    assertThat(allowed()).isFalse();
    assertThat(why()).contains("org.candor.consent.answers cannot be read");
    assertThatThrownBy(consent::answers).isInstanceOf(IOException.class);
    Files.delete(answers);
    assertThat(allowed()).isTrue();
  }

  @Test
  void aCopyKeepsDenialsButNoGrants() throws IOException {
    write("unanswered = no\n");
    on();
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), false), ConsentFixture.SHELL);
    clock.advance(Duration.ofDays(1));
    consent = builder().copied(clock.instant()).build();
    assertThat(allowed()).isFalse();
    assertThat(consent.explain(Purpose.ERRORS).decidedBy()).isEqualTo("answers");
    clock.advance(Duration.ofMinutes(1));
    on();
    assertThat(allowed()).isTrue();
  }

  @Test
  void aParentsDenialsAreALayerOfItsChildren() throws IOException {
    Consent parent = consent;
    Path base = Files.createDirectories(karaf.resolve("instances/child"));
    Etc etc = new Etc(Files.createDirectories(base.resolve("etc")));
    consent = new ConsentBuilder(etc).clock(clock).parent(karaf).build();
    assertThat(allowed()).isTrue();
    parent.answer(OFF, ConsentFixture.SHELL);
    consent = new ConsentBuilder(etc).clock(clock).parent(karaf).build();
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("parent");
    assertThat(on().refused()).singleElement().extracting("layer").isEqualTo("parent");
    parent.answer(ON, ConsentFixture.SHELL);
    Files.writeString(file, "usage = false\n");
    consent = new ConsentBuilder(etc).clock(clock).parent(karaf).build();
    assertThat(why()).contains("usage = false", "of the parent instance");
  }

  @Test
  void anAnswerThatCameInBetweenIsNotOverwritten() throws IOException {
    Answers seen = consent.answers();
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), false), ConsentFixture.SHELL);
    assertThat(consent.answerIf(seen, OFF, ConsentFixture.SHELL).done()).isFalse();
    assertThat(allowed()).isTrue();
    assertThat(consent.answerIf(consent.answers(), OFF, ConsentFixture.SHELL).done()).isTrue();
    assertThat(consent.answers().given())
        .isEqualTo(Map.of(Purpose.ERRORS, false, Purpose.USAGE, false));
  }

  @Test
  void whatEarlierBuildsRememberedIsTakenOver() throws IOException {
    Path remembered = karaf.resolve("etc/org.candor.consent.remembered");
    Files.writeString(
        remembered,
        "cluster-spec/usage = forbids spec.disableTelemetry = true (2026-11-30T10:00:00Z)\n"
            + "cluster-spec/errors = silent nothing\n");
    restart();
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("cluster-spec");
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isTrue();
    off();
    assertThat(remembered).doesNotExist();
    on();
    restart();
    assertThat(allowed()).isTrue();
  }

  // The layers of other bundles.

  @Test
  void aDenialCountsOnWhileItsLayerIsGoneOrCannotTellOrSaysNothing() throws IOException {
    ConsentLayer layer = purpose -> Verdict.forbids("disableTelemetry = true");
    bind(layer);
    restart();
    Explanation gone = consent.explain(Purpose.USAGE);
    assertThat(gone.decidedBy()).isEqualTo("cluster-spec");
    assertThat(gone.layers().get(0).why())
        .contains("disableTelemetry = true", "not installed now", "telemetry:enable usage");
    bind(purpose -> Verdict.unknown("the API does not answer"));
    assertThat(allowed()).isFalse();
    assertThat(why()).contains("the API does not answer", "disableTelemetry = true");
    assertThat(on().refused()).as("nobody knows that it was taken back").hasSize(1);
    restart();
    bind(purpose -> Verdict.silent("nothing is said"));
    assertThat(allowed()).isFalse();
    restart();
    bind(purpose -> Verdict.allows("disableTelemetry = false"));
    assertThat(allowed()).isTrue();
  }

  @Test
  void aDenialOfALayerThatGoesAtOnceIsNotLost() throws IOException {
    List<Runnable> later = new ArrayList<>();
    consent = builder().workers(later::add).build();
    ConsentLayer layer = purpose -> Verdict.forbids("disableTelemetry = true");
    bind(layer);
    consent.unbindLayer(layer);
    assertThat(allowed()).isFalse();
    List.copyOf(later).forEach(Runnable::run);
    assertThat(allowed()).isFalse();
    on();
    assertThat(allowed()).isTrue();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isFalse();
  }

  @Test
  void whatOneTargetAllowedCountsForNoOther() throws IOException {
    bind(purpose -> new Verdict(LayerAnswer.ALLOWS, "false in c1", "c1"));
    restart();
    bind(purpose -> new Verdict(LayerAnswer.UNKNOWN, "c1 is down", "c1"));
    assertThat(allowed()).as("the same target").isTrue();
    restart();
    bind(purpose -> new Verdict(LayerAnswer.UNKNOWN, "c2 is down", "c2"));
    assertThat(allowed()).isFalse();
    assertThat(why()).isEqualTo("c2 is down, so that its setting is unknown");
  }

  @Test
  void aLayerThatIsNoAnswerAllowsNothing() throws IOException {
    write("unanswered = no\n");
    consent.bindLayer(purpose -> Verdict.allows("enabled"), Map.of(LayerName.PROPERTY, "dcos"));
    assertThat(allowed()).isFalse();
    bind(purpose -> Verdict.allows("disableTelemetry = false"));
    assertThat(consent.explain(Purpose.ERRORS).decidedBy()).isEqualTo("file");
    assertThat(why()).as("opt-in once seen is a denial of the file").contains("unanswered");
  }

  @Test
  void aLayerThatWentIsOnRecordButNotWhileTheFrameworkStops() throws IOException {
    ConsentLayer layer = purpose -> Verdict.allows("disableTelemetry = false");
    bind(layer);
    assertThat(journal.last().way().label()).isEqualTo("cluster-spec");
    int before = journal.changes.size();
    consent = builder().stopping(() -> true).build();
    bind(layer);
    consent.unbindLayer(layer);
    restart();
    assertThat(journal.changes).as("it may yet come").hasSize(before);
    bind(layer);
    consent.unbindLayer(layer);
    assertThat(journal.last().way()).isEqualTo(Way.REMOVED_LAYER);
    assertThat(journal.last().to()).isEqualTo(ConsentState.UNSET);
    assertThat(AuditTrail.sentence(journal.last(), Optional.empty()))
        .contains(" is no longer answered: taken back ");
  }

  @Test
  void aLayerThatFailsForbids() {
    bind(
        purpose -> {
          throw new NoClassDefFoundError("gone");
        });
    assertThat(consent.explain(Purpose.ERRORS).decidedBy()).isEqualTo("cluster-spec");
  }

  @Test
  void aListenerThatFailsStopsNoOther() throws IOException {
    AtomicInteger told = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      consent.onChange(
          () -> {
            told.incrementAndGet();
            throw new IllegalStateException("no");
          });
    }
    consent.changed();
    assertThat(told.get()).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "DISABLE_TELEMETRY,true,USAGE,FORBIDS",
    "DISABLE_TELEMETRY,YES,VERSION_CHECK,FORBIDS",
    "DISABLE_TELEMETRY,true,ERRORS,SILENT",
    "DISABLE_TELEMETRY,false,USAGE,SILENT",
    "DISABLE_TELEMETRY,0,USAGE,SILENT",
    "DISABLE_TELEMETRY,Off,USAGE,SILENT",
    "DISABLE_TELEMETRY,'',USAGE,SILENT",
    "DISABLE_TELEMETRY,perhaps,USAGE,FORBIDS",
    "DISABLE_ERROR_REPORTING,1,ERRORS,FORBIDS",
    "DISABLE_CRASH_REPORTING,on,ERRORS,FORBIDS",
    "DISABLE_VERSION_CHECK,on,VERSION_CHECK,FORBIDS",
    "DISABLE_VERSION_CHECK,on,USAGE,SILENT",
    "DO_NOT_TRACK,1,USAGE,FORBIDS",
    "DO_NOT_TRACK,1,ERRORS,FORBIDS",
    "DO_NOT_TRACK,1,VERSION_CHECK,FORBIDS",
  })
  void theEnvironment(String variable, String value, Purpose purpose, LayerAnswer word) {
    assertThat(new EnvironmentLayer(Map.of(variable, value)).verdict(purpose).answer())
        .isEqualTo(word);
  }

  @Test
  void answersThatWereTakenBackLongAgoAreLeftOut() {
    AnswerBook book = AnswerBook.EMPTY;
    for (int i = 0; i < 500; i++) {
      Instant at = clock.instant().plusSeconds(i);
      Subject usage = Subject.of(Purpose.USAGE);
      Answerer by = ConsentFixture.SHELL;
      Denial denial = new Denial("d" + i, usage, AnswersLayer.NAME, by, at, "", Optional.empty());
      book =
          book.withDenials(List.of(denial))
              .withGrants(
                  List.of(
                      new Grant(
                          "g" + i, usage, AnswersLayer.NAME, by, at, Set.of("d" + i), false)));
    }
    AnswerBook pruned = book.pruned();
    assertThat(pruned.denials()).hasSize(200).containsKey("d499");
    assertThat(pruned.grants()).hasSize(200).containsKey("g499");
    assertThat(pruned.stage()).isEmpty();
    assertThat(pruned.merge(book).stage()).isEmpty();
    assertThat(pruned.pruned()).isSameAs(pruned);
  }

  private void bind(ConsentLayer layer) {
    consent.bindLayer(
        layer, Map.of(LayerName.PROPERTY, "cluster-spec", ConsentLayer.ANSWERS, true));
  }
}
