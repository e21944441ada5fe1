package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.control.Answerer;
import org.candor.control.Way;
import org.candor.core.MovableClock;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the owner's file says, and what counts while nobody can read it. */
class ConfiguredLayerTest {

  private static final Duration WRITING = Duration.ofSeconds(2);

  @TempDir Path etc;
  private final MovableClock clock = new MovableClock();
  private Path file;
  private ConfiguredLayer layer;

  @BeforeEach
  void open() {
    file = etc.resolve("org.candor.consent.cfg");
    layer = new ConfiguredLayer(new Etc(etc), ConsentFixture.config("", ""), clock);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  /** A folder in its place cannot be read. */
  private void lose() throws IOException {
    Files.deleteIfExists(file);
    Files.createDirectory(file);
  }

  private void find(String text) throws IOException {
    Files.delete(file);
    write(text);
  }

  private Verdict usage() {
    return layer.verdict(Purpose.USAGE);
  }

  private LayerAnswer word() {
    return usage().answer();
  }

  @Test
  void itSaysWhatStandsThere() throws IOException {
    write("usage = true\nerrors = False\n");
    assertThat(usage()).isEqualTo(Verdict.allows("usage = true in etc/org.candor.consent.cfg"));
    assertThat(layer.verdict(Purpose.ERRORS))
        .isEqualTo(Verdict.forbids("errors = False in etc/org.candor.consent.cfg"));
    assertThat(layer.verdict(Purpose.VERSION_CHECK))
        .isEqualTo(Verdict.silent("version-check is not set in etc/org.candor.consent.cfg"));
    assertThat(layer.problems()).isEmpty();
    assertThat(layer.isKnown()).isTrue();
    assertThat(layer.path()).isEqualTo(file);
  }

  @Test
  void whatIsNeitherTrueNorFalseForbidsAndIsAProblemUntilItIsPutRightOrEmptied()
      throws IOException {
    write("usage = perhaps\n");
    assertThat(usage())
        .isEqualTo(
            Verdict.forbids(
                "usage = perhaps in etc/org.candor.consent.cfg is neither true nor false"));
    assertThat(layer.problems()).extracting(ConfigurationProblem::key).containsExactly("usage");
    write("usage =\n");
    assertThat(word()).isEqualTo(LayerAnswer.SILENT);
    assertThat(layer.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, ALLOWS",
    "true, false, FORBIDS",
    "false, true, FORBIDS",
    "'', true, ALLOWS",
    "true, '', ALLOWS",
    "'', '', SILENT"
  })
  void ofANameAndItsAliasTheStricterCounts(String name, String alias, LayerAnswer word)
      throws IOException {
    write("version-check = " + name + "\nversionCheck = " + alias + "\n");
    assertThat(layer.verdict(Purpose.VERSION_CHECK).answer()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, FORBIDS",
    "false, true, FORBIDS",
    "'', true, ALLOWS",
    "true, '', ALLOWS",
    "'', false, FORBIDS",
    "false, '', FORBIDS",
    "yes, true, ALLOWS",
    "perhaps, true, FORBIDS",
    "true, perhaps, FORBIDS"
  })
  void ofAKeyThatStandsTwiceTheDenialCountsAndOneWithoutAValueDoesNot(
      String one, String other, LayerAnswer word) throws IOException {
    write("usage = " + one + "\nUSAGE = " + other + "\n");
    assertThat(word()).isEqualTo(word);
  }

  @Test
  void theGracePeriodIsTheUsualOneUnlessAnotherIsSetThatIsAllowed() throws IOException {
    assertThat(layer.grace()).isEqualTo(Duration.ofMinutes(10));
    write("grace = perhaps\n");
    assertThat(layer.grace()).isEqualTo(Duration.ofMinutes(10));
    assertThat(layer.problems()).extracting(ConfigurationProblem::key).containsExactly("grace");
    write("grace =\n");
    assertThat(layer.grace()).isEqualTo(Duration.ofMinutes(10));
    assertThat(layer.problems()).isEmpty();
    write("grace = 1h\n");
    assertThat(layer.grace()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void whatSilenceMeansIsOptInUnlessItSaysYes() throws IOException {
    assertThat(layer.unanswered()).isEmpty();
    write("unanswered = perhaps\n");
    assertThat(layer.unanswered()).contains(false);
    assertThat(layer.problems())
        .extracting(ConfigurationProblem::key)
        .containsExactly("unanswered");
    write("unanswered =\n");
    assertThat(layer.unanswered()).isEmpty();
    assertThat(layer.problems()).isEmpty();
    write("unanswered = YES\n");
    assertThat(layer.unanswered()).contains(true);
    write("unanswered = no\n");
    assertThat(layer.unanswered()).contains(false);
  }

  @Test
  void configAdminsCopyCountsWhereThereIsNoFileAndWhoeverListensLearnsOfAnother()
      throws IOException {
    AtomicInteger changes = new AtomicInteger();
    Runnable stop = layer.onChange(changes::incrementAndGet);
    assertThat(word()).isEqualTo(LayerAnswer.SILENT);
    String before = layer.version();
    layer.modified(ConsentFixture.config("false", "5m"));
    assertThat(changes).hasValue(1);
    assertThat(layer.version()).isNotEqualTo(before);
    assertThat(word()).isEqualTo(LayerAnswer.FORBIDS);
    assertThat(layer.grace()).isEqualTo(Duration.ofMinutes(5));
    write("usage = true\n");
    assertThat(word()).as("the file").isEqualTo(LayerAnswer.ALLOWS);
    stop.run();
    layer.modified(ConsentFixture.config("", ""));
    assertThat(changes).hasValue(1);
  }

  @Test
  void aVariableIsWhatConfigAdminMadeOfIt() throws IOException {
    write("usage = ${env:TELEMETRY}\ngrace = 1m\n");
    assertThat(word()).as("nobody knows its value").isEqualTo(LayerAnswer.FORBIDS);
    layer.modified(ConsentFixture.config("true", "9m"));
    assertThat(usage()).isEqualTo(Verdict.allows("usage = true in etc/org.candor.consent.cfg"));
    assertThat(layer.grace()).as("no variable").isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void whatCouldNeverBeReadForbidsAtOnce() throws IOException {
    lose();
    assertThat(usage())
        .isEqualTo(
            Verdict.forbids(
                "etc/org.candor.consent.cfg cannot be read, so that its settings are unknown"));
    assertThat(layer.grace()).isEqualTo(Duration.ofMinutes(10));
    assertThat(layer.unanswered()).isEmpty();
    assertThat(layer.isKnown()).isFalse();
  }

  @Test
  void whatCannotBeReadAnyMoreCountsForAsLongAsAWriteTakesAndThenForbids() throws IOException {
    write("usage = true\n");
    assertThat(word()).isEqualTo(LayerAnswer.ALLOWS);
    lose();
    assertThat(word()).isEqualTo(LayerAnswer.ALLOWS);
    assertThat(layer.isSettled()).isFalse();
    assertThat(layer.isKnown()).isFalse();
    String version = layer.version();
    clock.advance(WRITING.minusNanos(1));
    assertThat(word()).isEqualTo(LayerAnswer.ALLOWS);
    assertThat(layer.version()).isEqualTo(version);
    clock.advance(Duration.ofNanos(1));
    assertThat(word()).isEqualTo(LayerAnswer.FORBIDS);
    assertThat(layer.isSettled()).as("for good").isTrue();
    assertThat(layer.version()).isNotEqualTo(version);
    find("usage = true\n");
    assertThat(word()).isEqualTo(LayerAnswer.ALLOWS);
    assertThat(layer.isSettled()).isTrue();
    assertThat(layer.isKnown()).isTrue();
  }

  @Test
  void aClockThatIsSetBackMakesNoLossAWrite() throws IOException {
    write("usage = true\n");
    word();
    lose();
    word();
    clock.advance(WRITING.negated());
    assertThat(word()).isEqualTo(LayerAnswer.FORBIDS);
  }

  @Test
  void theLogSaysOnceThatItCannotBeReadAndOnceMoreTheNextTime() throws IOException {
    write("usage = true\n");
    word();
    lose();
    assertThat(logged()).as("somebody may be writing it").isEmpty();
    clock.advance(WRITING);
    assertThat(logged())
        .contains("etc/org.candor.consent.cfg cannot be read (", "Until it can, nothing is sent.");
    assertThat(logged()).isEmpty();
    find("usage = true\n");
    assertThat(logged()).isEmpty();
    lose();
    word();
    clock.advance(WRITING);
    assertThat(logged()).contains("cannot be read");
  }

  @Test
  void whatCouldNeverBeReadIsInTheLogAtOnce() throws IOException {
    lose();
    assertThat(logged()).contains("cannot be read");
    assertThat(logged()).isEmpty();
  }

  @Test
  void aFileThatWasJustEmptiedIsStillBeingWritten() throws IOException {
    write("usage = true\n");
    word();
    write("");
    assertThat(word()).isEqualTo(LayerAnswer.ALLOWS);
    assertThat(layer.isSettled()).isFalse();
    assertThat(layer.isKnown()).isFalse();
    clock.advance(Duration.ofHours(1));
    assertThat(word()).as("no loss").isEqualTo(LayerAnswer.ALLOWS);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(word()).isEqualTo(LayerAnswer.SILENT);
    assertThat(layer.isSettled()).isTrue();
    assertThat(layer.isKnown()).isTrue();
  }

  @Test
  void whoeverOwnsTheFileWroteIt() throws IOException {
    assertThat(layer.owner()).isEqualTo(Answerer.unknown(Way.FILE));
    write("");
    assertThat(layer.owner()).isEqualTo(new Answerer(Way.FILE, Files.getOwner(file).getName(), ""));
  }

  @Test
  void ofAnotherInstanceConfigAdminKnowsNothing() throws IOException {
    ConfiguredLayer other = ConfiguredLayer.unconfigured(new Etc(etc), clock);
    assertThat(other.verdict(Purpose.USAGE).answer()).isEqualTo(LayerAnswer.SILENT);
    assertThat(other.grace()).isEqualTo(Duration.ofMinutes(10));
    write("usage = false\n");
    assertThat(other.verdict(Purpose.USAGE).answer()).isEqualTo(LayerAnswer.FORBIDS);
  }

  private String logged() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      usage();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
