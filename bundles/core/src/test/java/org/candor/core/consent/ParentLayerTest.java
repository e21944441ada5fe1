package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Answers;
import org.candor.core.MovableClock;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentLayerTest {

  private static final Subject USAGE = Subject.of(Purpose.USAGE);
  private static final Subject CHANNEL = Subject.channel("segment");

  @TempDir Path home;
  private final MovableClock clock = new MovableClock();
  private Path file;
  private Path answers;
  private ParentLayer layer;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(home.resolve("etc"));
    file = home.resolve("etc/org.candor.consent.cfg");
    answers = home.resolve("etc/org.candor.consent.answers");
    layer = new ParentLayer(home, home.resolve("instances/child"), clock);
  }

  private Verdict verdict(Subject subject) {
    return layer.verdict(subject).orElseThrow();
  }

  @Test
  void anInstanceWithoutAParentHasNoSuchLayer() {
    ParentLayer none = new ParentLayer(home, home.resolve("etc/.."), clock);
    assertThat(none.verdict(USAGE)).isEmpty();
    assertThat(none.files()).isEmpty();
    assertThat(none.isCoveredByFiles()).isTrue();
    assertThat(none.look()).isFalse();
  }

  @Test
  void whereNothingIsOffItIsSilentWhateverTheParentAllows() throws IOException {
    Verdict silent = Verdict.silent("nothing is off in the parent instance " + home);
    assertThat(verdict(USAGE)).isEqualTo(silent);
    assertThat(verdict(CHANNEL)).isEqualTo(silent);
    Files.writeString(file, "usage = true\n");
    assertThat(layer.look()).isTrue();
    assertThat(verdict(USAGE)).isEqualTo(silent);
  }

  @Test
  void whatItsFileForbidsIsForbidden() throws IOException {
    Files.writeString(file, "usage = false\n");
    assertThat(verdict(USAGE))
        .isEqualTo(
            Verdict.forbids(
                "usage = false in etc/org.candor.consent.cfg of the parent instance " + home));
    assertThat(verdict(Subject.of(Purpose.ERRORS)).answer()).isEqualTo(LayerAnswer.SILENT);
    assertThat(verdict(CHANNEL).answer()).isEqualTo(LayerAnswer.SILENT);
  }

  @Test
  void whatWasAnsweredThereIsForbiddenOnceItWasLookedAt() throws IOException {
    assertThat(verdict(USAGE).answer()).isEqualTo(LayerAnswer.SILENT);
    answer(new Answers(Map.of(Purpose.USAGE, false), Map.of("segment", false)));
    assertThat(layer.look()).isTrue();
    assertThat(layer.look()).as("nothing new").isFalse();
    assertThat(verdict(USAGE).answer()).isEqualTo(LayerAnswer.FORBIDS);
    assertThat(verdict(USAGE).why())
        .startsWith("off in the parent instance " + home + ": turned off by karaf in the shell");
    assertThat(verdict(CHANNEL).answer()).isEqualTo(LayerAnswer.FORBIDS);
    answer(Answers.of(Set.of(Purpose.USAGE), true));
    assertThat(layer.look()).isTrue();
    assertThat(verdict(USAGE).answer()).isEqualTo(LayerAnswer.SILENT);
  }

  @Test
  void answersThatCannotBeReadForbidUntilTheyCan() throws IOException {
    Files.createDirectories(answers);
    assertThat(verdict(CHANNEL))
        .isEqualTo(
            Verdict.forbids("the answers of the parent instance " + home + " cannot be read"));
    Files.delete(answers);
    assertThat(layer.look()).isTrue();
    assertThat(verdict(CHANNEL).answer()).isEqualTo(LayerAnswer.SILENT);
  }

  @Test
  void aFileThatIsBeingWrittenIsReadAgainWithTheNextLook() throws IOException {
    Files.writeString(file, "");
    assertThat(layer.look()).isTrue();
    assertThat(layer.look()).isTrue();
    Files.writeString(file, "usage = false\n");
    assertThat(layer.look()).isTrue();
    assertThat(layer.look()).isFalse();
    assertThat(verdict(USAGE).answer()).isEqualTo(LayerAnswer.FORBIDS);
  }

  @Test
  void aFileThatCannotBeReadForbids() throws IOException {
    Files.createDirectories(file);
    assertThat(verdict(USAGE).answer()).isEqualTo(LayerAnswer.FORBIDS);
    assertThat(verdict(USAGE).why())
        .startsWith("etc/org.candor.consent.cfg cannot be read")
        .endsWith(" of the parent instance " + home);
  }

  @Test
  void itsFilesAreWatchedUnlessItsAnswersLieElsewhereToo() throws IOException {
    assertThat(layer.files()).containsExactly(file, answers);
    assertThat(layer.isCoveredByFiles()).isTrue();
    Path elsewhere = home.resolve("var/candor/org.candor.consent.answers");
    Files.createDirectories(elsewhere.getParent());
    Files.writeString(elsewhere, "");
    assertThat(layer.isCoveredByFiles()).isFalse();
  }

  @Test
  void aParentWithoutAFolderOfItsOwnIsLookedAtFromTimeToTime() {
    ParentLayer gone = new ParentLayer(home.resolve("gone"), home, clock);
    assertThat(gone.isCoveredByFiles()).isFalse();
    assertThat(gone.verdict(USAGE).map(Verdict::answer)).isEqualTo(Optional.of(LayerAnswer.SILENT));
  }

  private void answer(Answers given) throws IOException {
    new ConsentBuilder(new Etc(home.resolve("etc")))
        .clock(clock)
        .build()
        .answer(given, ConsentFixture.SHELL);
  }
}
