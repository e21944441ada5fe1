package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.consent.Word;
import org.candor.api.control.Answers;
import org.candor.api.control.Explanation;
import org.candor.core.MovableClock;
import org.candor.core.settings.ConfigCopy;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentTest {

  @TempDir Path directory;
  private Etc etc;
  private Path file;
  private ConfiguredLayer configured;
  private Consent consent;

  @BeforeEach
  void start() {
    file = directory.resolve("org.candor.consent.cfg");
    etc = new Etc(directory);
    configured = ConsentFixture.layer(etc);
    consent = ConsentFixture.consent(configured, etc);
  }

  @Test
  void whenAllAreSilentItIsAllowedByDefault() {
    Explanation explanation = consent.explain(Purpose.USAGE);
    assertThat(explanation.allowed()).isTrue();
    assertThat(explanation.decidedBy()).isEqualTo("default");
  }

  @Test
  void theStrictestWins() throws IOException {
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true));
    ConsentLayer environment = new EnvironmentLayer(Map.of("DISABLE_TELEMETRY", "1"));
    consent.bindLayer(environment, Map.of(LayerName.PROPERTY, "environment"));
    Explanation explanation = consent.explain(Purpose.USAGE);
    assertThat(explanation.allowed()).isFalse();
    assertThat(explanation.decidedBy()).isEqualTo("environment");
    assertThat(explanation.layers())
        .extracting(Explanation.LayerWord::verdict)
        .containsExactly(Word.FORBIDS, Word.ALLOWS);
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isTrue();
  }

  @Test
  void aLayerThatFailsForbids() {
    ConsentLayer broken =
        purpose -> {
          throw new IllegalStateException("no");
        };
    consent.bindLayer(broken, Map.of(LayerName.PROPERTY, "cluster"));
    assertThat(consent.explain(Purpose.ERRORS).decidedBy()).isEqualTo("cluster");
  }

  @Test
  void anAnswerIsObeyedAndWrittenWithoutTouchingTheRest() throws IOException {
    Files.writeString(file, "# Mine\nusage = true\n\n# Grace\ngrace = 1h\n");
    configured.modified(ConsentFixture.config("true", "1h"));
    AtomicInteger told = new AtomicInteger();
    consent.onChange(told::incrementAndGet);
    consent.answer(Answers.of(Set.of(Purpose.USAGE, Purpose.VERSION_CHECK), false));
    assertThat(told).hasPositiveValue();
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
    assertThat(Files.readString(file))
        .contains("# Mine", "usage = false", "# Grace\ngrace = 1h", "versionCheck = false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version-check = false\n",
        "Version-Check = FALSE\nversionCheck = true\n",
        "version-check = true\nversionCheck = false\n"
      })
  void theNameThatCommandsUseIsAnotherSpellingOfTheKey(String text) throws IOException {
    Files.writeString(file, text);
    Explanation explanation = consent.explain(Purpose.VERSION_CHECK);
    assertThat(explanation.allowed()).isFalse();
    assertThat(explanation.layers().get(0).why()).containsIgnoringCase("check = false in etc/");
    consent.answer(Answers.of(Set.of(Purpose.VERSION_CHECK), true));
    assertThat(consent.explain(Purpose.VERSION_CHECK).allowed()).isTrue();
    assertThat(Files.readString(file))
        .contains("versionCheck = true")
        .containsIgnoringCase("version-check = true")
        .doesNotContainIgnoringCase("false");
  }

  @Test
  void commandsWriteTheKeyOnly() throws IOException {
    consent.answer(Answers.of(Set.of(Purpose.VERSION_CHECK), false));
    assertThat(Files.readString(file)).isEqualToIgnoringNewLines("versionCheck = false");
  }

  @Test
  void aKeyThatMeansNothingIsNamedOnceWhileItStands() throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      Files.writeString(
          file,
          "usge = false\nversion-check =\nGRACE = 1h\nfelix.fileinstall.filename = f\n"
              + "service.pid = p\n");
      consent.explain(Purpose.USAGE);
      configured.modified(ConsentFixture.config("", "1h"));
      consent.answer(Answers.of(Set.of(Purpose.ERRORS), false));
      consent.explain(Purpose.USAGE);
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("WARN")
        .endsWith(
            "etc/org.candor.consent.cfg: usge means nothing, and is not obeyed; the keys are"
                + " usage, errors, versionCheck, grace.");
  }

  @Test
  void configAdminsOlderCopyDoesNotOverruleTheFile() throws IOException {
    consent.answer(Answers.of(Set.of(Purpose.USAGE), false));
    configured.modified(ConsentFixture.config("true", "10m"));
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
  }

  @Test
  void aHandThatTakesAnAnswerBackIsObeyedThoughConfigAdminNeverTells() throws IOException {
    Files.writeString(file, "usage = false\n");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true));
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
    Files.writeString(file, "usage = false\n");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
  }

  @Test
  void aNoIsNotUndoneByWhoeverPutsBackWhatTheFileSaidBefore() throws IOException {
    MovableClock clock = new MovableClock();
    ConfiguredLayer layer = new ConfiguredLayer(etc, ConsentFixture.config("", "10m"), clock);
    Consent timed = ConsentFixture.consent(layer, etc);
    timed.answer(Set.of(Purpose.USAGE), false);
    Files.writeString(file, "usage = true\n");
    assertThat(timed.explain(Purpose.USAGE).allowed()).isFalse();
    assertThat(layer.isSettled()).isFalse();
    clock.advance(Duration.ofSeconds(4));
    assertThat(timed.explain(Purpose.USAGE).allowed()).as("a hand may take it back").isTrue();
    assertThat(layer.isSettled()).as("is looked at once more").isFalse();
    assertThat(layer.isSettled()).isTrue();
    timed.answer(Set.of(Purpose.USAGE), false);
    timed.answer(Set.of(Purpose.USAGE), true);
    assertThat(timed.explain(Purpose.USAGE).allowed()).as("the newest answer counts").isTrue();
  }

  @Test
  void aNoByHandThatFileInstallUndoesCountsAndIsWrittenAgain() throws IOException {
    AtomicReference<String> admin = new AtomicReference<>("");
    ConfiguredLayer layer = ConsentFixture.layer(new Etc(directory, pid -> new Copy(admin)));
    Files.writeString(file, "usage =\n");
    assertThat(layer.verdict(Purpose.USAGE).word()).isEqualTo(Word.SILENT);
    Files.writeString(file, "usage = false\n");
    assertThat(layer.verdict(Purpose.USAGE).word()).isEqualTo(Word.FORBIDS);
    Files.writeString(file, "usage = \n");
    assertThat(layer.verdict(Purpose.USAGE).word()).isEqualTo(Word.FORBIDS);
    assertThat(layer.isSettled()).isFalse();
    layer.restore();
    assertThat(layer.isSettled()).isTrue();
    assertThat(Files.readString(file)).contains("usage = false");
    assertThat(admin).hasValue("false");
    Files.writeString(file, "usage = true\n");
    assertThat(layer.verdict(Purpose.USAGE).word()).isEqualTo(Word.ALLOWS);
  }

  /** Config Admin, as far as it holds a word on usage. */
  private record Copy(AtomicReference<String> usage) implements ConfigCopy {

    @Override
    public boolean agrees(Map<String, String> values) {
      return true;
    }

    @Override
    public boolean holds(Map<String, String> values) {
      return values.get("usage").equals(usage.get());
    }

    @Override
    public void take(Map<String, String> values) {
      usage.set(values.get("usage"));
    }

    @Override
    public boolean isTold() {
      return true;
    }
  }

  @Test
  void aNoIsToldBeforeItIsWritten() throws IOException {
    List<Boolean> written = new ArrayList<>();
    consent.onChange(
        () -> written.add(Files.exists(file) && !consent.explain(Purpose.USAGE).allowed()));
    List<Boolean> allowed = new ArrayList<>();
    consent.onChange(() -> allowed.add(consent.explain(Purpose.USAGE).allowed()));
    consent.answer(Answers.of(Set.of(Purpose.USAGE), false));
    assertThat(written).containsExactly(false, true);
    assertThat(allowed).containsExactly(false, false);
  }

  @Test
  void aNoIsNotForgottenWhileTheFileIsWrittenInPlace() throws IOException {
    Files.writeString(file, "usage = false\ngrace = 1h\n");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
    Files.writeString(file, "");
    configured.modified(ConsentFixture.config("false", "1h"));
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
    assertThat(configured.grace()).hasHours(1);
    Files.writeString(file, "usage = true\ngrace = 2h\n");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
    assertThat(configured.grace()).hasHours(2);
  }

  @Test
  void aFileThatIsJustBeingFilledAtTheStartForbids() throws IOException {
    Files.writeString(file, "");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
  }

  @Test
  void whereThereIsNoFileConfigAdminCounts() {
    configured.modified(ConsentFixture.config("false", "10m"));
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
  }

  @Test
  void aNoThatCannotBeWrittenIsObeyedAllTheSame() throws IOException {
    Files.createDirectories(file.resolveSibling(".org.candor.consent.cfg.new"));
    Files.createFile(file.resolveSibling(".org.candor.consent.cfg.new").resolve("x"));
    try {
      consent.answer(Answers.of(Set.of(Purpose.USAGE), false));
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("etc/org.candor.consent.cfg");
    }
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
  }

  @Test
  void anUnwrittenNoIsObeyedWhateverElseChanges() throws IOException {
    Files.createDirectories(file.resolveSibling(".org.candor.consent.cfg.new").resolve("x"));
    assertThatThrownBy(() -> consent.answer(Answers.of(Set.of(Purpose.USAGE), false)))
        .isInstanceOf(IOException.class);
    configured.modified(ConsentFixture.config("true", "1h"));
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
  }

  @Test
  void aFileThatCannotBeReadWidensNothing() throws IOException {
    Files.writeString(file, "usage = false\n");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
    Files.delete(file);
    Files.createDirectory(file);
    configured.modified(ConsentFixture.config("true", "10m"));
    assertThat(consent.explain(Purpose.USAGE).allowed()).as("what it said last").isFalse();
    ConfiguredLayer restarted = ConsentFixture.layer(new Etc(directory));
    assertThat(restarted.verdict(Purpose.ERRORS).word()).isEqualTo(Word.FORBIDS);
    Files.delete(file);
    Files.writeString(file, "errors = true\n");
    assertThat(restarted.verdict(Purpose.ERRORS).word()).as("by itself").isEqualTo(Word.ALLOWS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "usage = false\nnote = C:\\users\\x\n"})
  void whatCannotBeReadForLongerThanAWriteTakesForbidsAndSaysWhy(String text) throws IOException {
    MovableClock clock = new MovableClock();
    ConfiguredLayer layer = new ConfiguredLayer(etc, ConsentFixture.config("true", "0s"), clock);
    Consent timed = ConsentFixture.consent(layer, etc);
    Files.writeString(file, "usage = true\ngrace = 0s\n");
    assertThat(timed.explain(Purpose.USAGE).allowed()).isTrue();
    Files.delete(file);
    if (text.isEmpty()) {
      Files.createDirectory(file);
    } else {
      Files.writeString(file, text);
    }
    assertThat(timed.explain(Purpose.USAGE).allowed()).as("half of a write").isTrue();
    assertThat(layer.isSettled()).as("is looked at soon").isFalse();
    String before = layer.version();
    clock.advance(Duration.ofSeconds(2));
    Explanation lost = timed.explain(Purpose.USAGE);
    assertThat(lost.allowed()).isFalse();
    assertThat(lost.layers().get(0).why())
        .isEqualTo("etc/org.candor.consent.cfg cannot be read, so that nobody knows what it says");
    assertThat(timed.explain(Purpose.ERRORS).allowed()).as("what it left open").isFalse();
    assertThat(layer.version()).as("is told to the channels").isNotEqualTo(before);
    assertThat(layer.isSettled()).isTrue();
    assertThatThrownBy(timed::answers).hasMessageContaining("cannot be read");
    Files.delete(file);
    Files.writeString(file, "usage = true\n");
    assertThat(timed.explain(Purpose.USAGE).allowed()).isTrue();
  }

  @Test
  void halfAFileThatIsWholeInTimeFlipsNothing() throws IOException {
    MovableClock clock = new MovableClock();
    ConfiguredLayer layer = new ConfiguredLayer(etc, ConsentFixture.config("", "0s"), clock);
    for (int i = 0; i < 3; i++) {
      Files.writeString(file, "usage = true\n");
      assertThat(layer.verdict(Purpose.USAGE).word()).isEqualTo(Word.ALLOWS);
      Files.writeString(file, "usage = true\nnote = \\u00");
      assertThat(layer.verdict(Purpose.USAGE).word()).isEqualTo(Word.ALLOWS);
      clock.advance(Duration.ofMillis(1900));
      assertThat(layer.verdict(Purpose.USAGE).word()).isEqualTo(Word.ALLOWS);
    }
  }

  @Test
  void aNoToAFileThatCannotBeParsedIsObeyedAndItIsLeftAsItIs() throws IOException {
    String text = "usage = true\nnote = C:\\users\\x\n";
    Files.writeString(file, text);
    assertThatThrownBy(() -> consent.answer(Answers.of(Set.of(Purpose.USAGE), false)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("etc/org.candor.consent.cfg could not be written: ")
        .message()
        .doesNotEndWith(".");
    assertThat(Files.readString(file)).isEqualTo(text);
    Files.writeString(file, "usage = true\n");
    assertThat(consent.explain(Purpose.USAGE).layers().get(0).why())
        .isEqualTo("said just now; etc/org.candor.consent.cfg could not be written");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usage=FALSE",
        "\t usage :  false  ",
        "USAGE = false",
        "\u00ef\u00bb\u00bfusage=false"
      })
  void aNoIsUnderstoodHoweverItIsWritten(String line) throws IOException {
    Files.writeString(file, line + "\n", java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
  }

  @Test
  void aVariableIsReplacedByConfigAdminAndUntilThenForbids() throws IOException {
    Files.writeString(file, "usage = ${env:TELEMETRY}\n");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
    configured.modified(ConsentFixture.config("true", "10m"));
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
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
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true));
    assertThat(told).hasValue(2);
  }

  @Test
  void aLayerWhoseBundleIsGoneForbids() {
    ConsentLayer gone =
        purpose -> {
          throw new NoClassDefFoundError("gone");
        };
    consent.bindLayer(gone, Map.of(LayerName.PROPERTY, "cluster"));
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isFalse();
  }

  @Test
  void aBadAnswerForbidsUnlessThereWasAGoodOne() throws IOException {
    Files.writeString(file, "usage = perhaps\n");
    assertThat(configured.verdict(Purpose.USAGE)).extracting(Verdict::word).isEqualTo(Word.FORBIDS);
    Files.writeString(file, "usage = true\n");
    configured.modified(ConsentFixture.config("true", "10m"));
    assertThat(configured.verdict(Purpose.USAGE)).extracting(Verdict::word).isEqualTo(Word.ALLOWS);
    Files.writeString(file, "usage = perhaps\ngrace = soon\n");
    configured.modified(ConsentFixture.config("perhaps", "soon"));
    assertThat(configured.verdict(Purpose.USAGE)).extracting(Verdict::word).isEqualTo(Word.ALLOWS);
    assertThat(configured.grace()).isEqualTo(Duration.ofMinutes(10));
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
  void theEnvironment(String variable, String value, Purpose purpose, Word word) {
    assertThat(new EnvironmentLayer(Map.of(variable, value)).verdict(purpose).word())
        .isEqualTo(word);
  }

  @Test
  void aNoCountsOnWhileItsLayerIsGoneOrCannotTell() {
    bind(purpose -> Verdict.forbids("disableTelemetry = true"));
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();

    consent = ConsentFixture.consent(configured, etc);
    Explanation gone = consent.explain(Purpose.USAGE);
    assertThat(gone.allowed()).isFalse();
    assertThat(gone.decidedBy()).isEqualTo("cluster-spec");
    assertThat(gone.layers().get(0).why())
        .contains("disableTelemetry = true", "telemetry:enable usage");

    bind(purpose -> Verdict.unknown("the API does not answer"));
    Explanation unknown = consent.explain(Purpose.USAGE);
    assertThat(unknown.allowed()).isFalse();
    assertThat(unknown.layers().get(0).verdict()).isEqualTo(Word.FORBIDS);
    assertThat(unknown.layers().get(0).why())
        .contains("the API does not answer", "disableTelemetry = true");
  }

  @Test
  void aYesOfALayerThatCannotTellAnyMoreStays() {
    bind(purpose -> Verdict.silent("disableTelemetry is not set"));
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
    consent = ConsentFixture.consent(configured, etc);
    bind(purpose -> Verdict.unknown("the API does not answer"));
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
  }

  @Test
  void aLayerThatNeverCouldTellForbids() {
    bind(purpose -> Verdict.unknown("the API does not answer"));
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
  }

  @Test
  void theOwnersYesForgetsALayerThatIsGoneAndNoOther() throws IOException {
    ConsentLayer no = purpose -> Verdict.forbids("no");
    bind(no);
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true));
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
    consent.unbindLayer(no);
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true));
    consent = ConsentFixture.consent(configured, etc);
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isFalse();
  }

  @Test
  void everyNoThatCouldNotBeRememberedIsOnceTheFileCanBeWritten() throws IOException {
    Path memory = directory.resolve("org.candor.consent.remembered");
    bind(purpose -> Verdict.silent("nothing is said"));
    explainAll();
    Path elsewhere = Files.move(memory, directory.resolve("elsewhere"));
    Files.createDirectory(memory);
    ConsentLayer no = purpose -> Verdict.forbids("no");
    bind(no);
    explainAll();
    Files.delete(memory);
    Files.move(elsewhere, memory);
    consent.explain(Purpose.USAGE);
    consent = ConsentFixture.consent(configured, etc);
    for (Purpose purpose : Purpose.values()) {
      assertThat(consent.explain(purpose).decidedBy()).isEqualTo("cluster-spec");
    }
  }

  private void explainAll() {
    for (Purpose purpose : Purpose.values()) {
      consent.explain(purpose);
    }
  }

  @Test
  void aMemoryThatCannotBeReadForbids() throws IOException {
    Files.createDirectory(directory.resolve("org.candor.consent.remembered"));
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("remembered");
  }

  @Test
  void anAnswerThatCameInBetweenIsNotOverwritten() throws IOException {
    Answers seen = consent.answers();
    assertThat(seen.given()).isEmpty();
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), false));
    assertThat(consent.answerIf(seen, Answers.of(Set.of(Purpose.USAGE), false))).isFalse();
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
    assertThat(consent.answerIf(consent.answers(), Answers.of(Set.of(Purpose.USAGE), false)))
        .isTrue();
    assertThat(consent.answers().given())
        .isEqualTo(Map.of(Purpose.ERRORS, false, Purpose.USAGE, false));
  }

  private void bind(ConsentLayer layer) {
    consent.bindLayer(layer, Map.of(LayerName.PROPERTY, "cluster-spec"));
  }
}
