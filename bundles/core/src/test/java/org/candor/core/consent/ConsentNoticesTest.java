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
import org.candor.control.Answers;
import org.candor.core.MovableClock;
import org.candor.core.settings.Etc;
import org.candor.core.store.IoAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who learns of what: those who listen, and whoever reads the log. */
class ConsentNoticesTest {

  private static final Answers OFF = Answers.of(Set.of(Purpose.USAGE), false);
  private static final Answers ON = Answers.of(Set.of(Purpose.USAGE), true);

  @TempDir Path karaf;
  private final MovableClock clock = new MovableClock();
  private final MemoryRecord journal = new MemoryRecord();
  private final AtomicInteger notices = new AtomicInteger();
  private final List<Runnable> tasks = new ArrayList<>();
  private Etc etc;
  private Path file;
  private Path answers;
  private ConfiguredLayer configured;
  private Consent consent;

  @BeforeEach
  void start() throws IOException {
    etc = new Etc(Files.createDirectories(karaf.resolve("etc")));
    file = karaf.resolve("etc/org.candor.consent.cfg");
    answers = karaf.resolve("etc/org.candor.consent.answers");
    restart();
  }

  private void restart() {
    tasks.clear();
    configured = new ConfiguredLayer(etc, ConsentFixture.config("", "10m"), clock);
    consent =
        new ConsentBuilder(etc)
            .file(configured)
            .clock(clock)
            .journal(journal)
            .workers(tasks::add)
            .build();
    consent.changed();
    work();
    consent.onChange(notices::incrementAndGet);
    notices.set(0);
  }

  private void work() {
    while (!tasks.isEmpty()) {
      tasks.remove(0).run();
    }
  }

  private boolean allowed() {
    return consent.explain(Purpose.USAGE).allowed();
  }

  @Test
  void anotherConfigurationIsAChangeUntilTheEnd() {
    configured.modified(ConsentFixture.config("false", "10m"));
    assertThat(notices).hasValue(1);
    consent.close();
    configured.modified(ConsentFixture.config("", "10m"));
    assertThat(notices).hasValue(1);
  }

  @Test
  void whoeverListensIsNotifiedUntilThatEnds() throws IOException {
    AtomicInteger changes = new AtomicInteger();
    AtomicInteger grants = new AtomicInteger();
    Runnable changesEnd = consent.onChange(changes::incrementAndGet);
    Runnable grantsEnd = consent.onGrant(accepted -> grants.incrementAndGet());
    consent.answer(ON, ConsentFixture.SHELL);
    assertThat(changes.get()).isPositive();
    assertThat(grants).hasValue(1);
    int before = changes.get();
    changesEnd.run();
    grantsEnd.run();
    consent.answer(ON, ConsentFixture.SHELL);
    assertThat(changes).hasValue(before);
    assertThat(grants).hasValue(1);
  }

  @Test
  void whoeverFailsToTakeAGrantKeepsNobodyElseFromIt() throws IOException {
    AtomicInteger grants = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      consent.onGrant(
          accepted -> {
            grants.incrementAndGet();
            throw new IllegalStateException("no");
          });
    }
    consent.answer(ON, ConsentFixture.SHELL);
    assertThat(grants).hasValue(2);
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("answers");
  }

  @Test
  void aDenialIsNoticedBeforeItIsWrittenAndOnceItIs() throws IOException {
    List<Boolean> written = new ArrayList<>();
    consent.onChange(() -> written.add(Files.exists(answers)));
    consent.answer(OFF, ConsentFixture.SHELL);
    assertThat(written).containsExactly(false, true);
  }

  @Test
  void aGrantIsNoticedOnlyOnceItCounts() throws IOException {
    List<Boolean> written = new ArrayList<>();
    consent.onChange(() -> written.add(Files.exists(answers)));
    consent.answer(ON, ConsentFixture.SHELL);
    assertThat(written).containsExactly(true);
  }

  @Test
  void aDenialIsNoticedWhileTheAnswersCannotBeRead() throws IOException {
    Files.createDirectories(answers);
    restart();
    assertThatThrownBy(() -> consent.answer(OFF, ConsentFixture.SHELL))
        .isInstanceOf(IOException.class);
    assertThat(notices).hasValue(1);
  }

  @Test
  void whatSomebodyPutsInPlaceIsNoticedOnce() throws IOException {
    Etc other = new Etc(Files.createDirectories(karaf.resolve("other/etc")));
    new ConsentBuilder(other).clock(clock).build().answer(OFF, ConsentFixture.SHELL);
    Files.copy(karaf.resolve("other/etc/org.candor.consent.answers"), answers);
    consent.look();
    assertThat(notices).hasValue(1);
    assertThat(allowed()).isFalse();
    consent.look();
    assertThat(notices).hasValue(1);
    assertThat(tasks).as("all is written").isEmpty();
  }

  @Test
  void whatALayerSaysIsNoticedAtOnceAndOnceMoreWhenItIsWritten() {
    AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.silent("nothing"));
    ConsentLayer layer = purpose -> verdict.get();
    consent.bindLayer(layer, Map.of(LayerName.PROPERTY, "spec", ConsentLayer.ANSWERS, true));
    assertThat(notices).hasValue(1);
    work();
    assertThat(notices).as("what it said is written").hasValue(2);
    consent.changed();
    work();
    assertThat(notices).as("nothing new").hasValue(3);
    verdict.set(Verdict.forbids("no"));
    consent.updatedLayer(layer);
    assertThat(notices).hasValue(4);
    verdict.set(Verdict.silent("nothing"));
    consent.unbindLayer(layer);
    assertThat(notices).hasValue(5);
    assertThat(allowed()).as("it was heard before it went").isFalse();
    work();
    assertThat(notices).hasValue(6);
    assertThat(allowed()).isFalse();
  }

  @Test
  void aDenialWhoseOriginIsGoneIsInTheLogWithWhatToDo() throws IOException {
    Files.writeString(file, "usage = false\n");
    consent.changed();
    work();
    Files.writeString(file, "");
    Files.delete(file);
    consent.changed();
    assertThat(logged(this::work))
        .containsOnlyOnce(
            "usage stays off although what turned it off is gone (usage = false in"
                + " etc/org.candor.consent.cfg, since 2026-11-21T12:00:00Z; now: usage is not set"
                + " in etc/org.candor.consent.cfg). telemetry:enable usage turns it on.");
    consent.changed();
    assertThat(logged(this::work)).isEmpty();
  }

  @Test
  void aFileThatTakesBackItsDenialIsInTheLogWithWhenThatCounts() throws IOException {
    Files.writeString(file, "usage = false\n");
    consent.changed();
    work();
    Files.writeString(file, "usage = true\n");
    consent.changed();
    assertThat(logged(this::work))
        .contains(
            "usage = true in etc/org.candor.consent.cfg replaces what this file said before: usage"
                + " is on again from 2026-11-21T12:10:00Z. telemetry:enable usage confirms it at"
                + " once, telemetry:disable usage turns it off.");
  }

  @Test
  void eachChangeIsASentenceInTheLogWithItsReason() throws IOException {
    Files.writeString(file, "usage = false\n");
    consent.changed();
    assertThat(logged(this::work))
        .contains("usage is off now: answered", "(usage = false in etc/org.candor.consent.cfg).");
    assertThat(
            logged(
                () ->
                    consent.answer(Answers.of(Set.of(Purpose.ERRORS), true), ConsentFixture.SHELL)))
        .contains("errors is on now: answered by karaf in the shell from 127.0.0.1 at")
        .doesNotContain("(");
  }

  @Test
  void thatTheAnswersCannotBeReadIsSaidOnceAndThatTheyCanAgainToo() throws IOException {
    Files.createDirectories(answers);
    assertThat(logged(this::restart))
        .containsOnlyOnce("org.candor.consent.answers cannot be read (")
        .contains("so that nobody knows what was answered; let this user read it. Until then");
    assertThat(logged(this::allowed)).isEmpty();
    Files.delete(answers);
    assertThat(logged(this::allowed)).contains("org.candor.consent.answers can be read again.");
    assertThat(logged(this::allowed)).isEmpty();
  }

  @Test
  void thatTheyCannotBeWrittenIsSaidOnceAndThatTheyCanAgainToo() throws IOException {
    Path blocking =
        Files.createDirectories(answers.resolveSibling(".org.candor.consent.answers.new/x"));
    Files.writeString(karaf.resolve("var"), "no folder");
    IoAction off =
        () ->
            assertThatThrownBy(() -> consent.answer(OFF, ConsentFixture.SHELL))
                .isInstanceOf(IOException.class);
    assertThat(logged(off)).containsOnlyOnce("Answers cannot be written: neither");
    assertThat(logged(off)).isEmpty();
    Files.delete(blocking);
    Files.delete(blocking.getParent());
    assertThat(logged(() -> consent.answer(OFF, ConsentFixture.SHELL)))
        .contains("Answers can be written again.");
    clock.advance(Duration.ofSeconds(1));
    assertThat(logged(() -> consent.answer(ON, ConsentFixture.SHELL)))
        .doesNotContain("written again");
  }

  @Test
  void aDamagedLineIsInTheLogWithItsFile() throws IOException {
    Files.writeString(answers, "damaged\n");
    assertThat(logged(this::restart))
        .contains(answers + " has a damaged line, which may have been");
  }

  @Test
  void whatEarlierBuildsRememberedIsInTheLogOnceItIsTakenOver() throws IOException {
    Path remembered = karaf.resolve("etc/org.candor.consent.remembered");
    Files.writeString(remembered, "spec/usage = forbids no\n");
    assertThat(logged(this::restart))
        .contains("etc/org.candor.consent.remembered was taken over into");
    assertThat(remembered).doesNotExist();
  }

  private static String logged(IoAction work) throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
