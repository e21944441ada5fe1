package org.candor.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeAnswer;
import org.candor.api.upgrade.UpgradeNotice;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.identity.Identity;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.settings.Etc;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The identity of the fixture runs version 1.2.3 of no particular product. */
class UpgradeLogTest {

  private static final Instant ISSUED = Instant.parse("2026-11-20T00:00:00Z");

  private static final String FROM = "dns:upgrades.test via system";

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final WorkerPool workers = new WorkerPool();
  private Identity identity;
  private ChainedJournal journal;
  private Outbox outbox;
  private UpgradeLog upgrades;

  @BeforeEach
  void start() throws IOException {
    Etc etc = new Etc(Files.createDirectories(directory.resolve("etc")));
    identity = IdentityFixture.identity(etc);
    restart();
  }

  private void restart() {
    restart(true);
  }

  private void restart(boolean recalled) {
    StoreFixture store = new StoreFixture(directory.resolve("var"));
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
    upgrades = new UpgradeLog(identity, outbox, workers, clock);
    if (recalled) {
      upgrades.recall();
    }
  }

  @AfterEach
  void end() {
    stop();
    workers.close();
  }

  private void stop() {
    outbox.close();
    journal.close();
  }

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(upgrades.notice())
        .isEqualTo(
            new UpgradeNotice("1.2.3", "", Severity.UNKNOWN, "", "", false, Optional.empty()));
  }

  @Test
  void newsAreToldToListenersAndOutliveARestart() throws Exception {
    List<UpgradeNotice> told = new ArrayList<>();
    upgrades.bindListener(told::add);
    upgrades.take(answer("1.2.3", "2.0.0", Severity.REQUIRED, ISSUED, true), FROM);
    assertThat(told).extracting(UpgradeNotice::newest).containsExactly("", "2.0.0");
    stop();
    restart();
    UpgradeNotice notice = upgrades.notice();
    assertThat(notice.severity()).isEqualTo(Severity.REQUIRED);
    assertThat(notice.url()).isEqualTo("https://example.org/2");
    assertThat(notice.signed()).isTrue();
    assertThat(notice.from()).isEqualTo(FROM);
    assertThat(notice.checkedAt()).contains(clock.instant());
  }

  @Test
  void anOlderAnswerIsRefusedAlsoAfterARestart() throws Exception {
    upgrades.take(answer("1.2.3", "2.0.0", Severity.REQUIRED, ISSUED, true), FROM);
    stop();
    restart();
    UpgradeAnswer older =
        answer("1.2.3", "1.2.3", Severity.OK, ISSUED.minus(Duration.ofDays(1)), true);
    assertThatThrownBy(() -> upgrades.take(older, FROM))
        .isInstanceOf(RefusedAnswerException.class)
        .hasMessageContaining("older");
    assertThat(upgrades.notice().severity()).isEqualTo(Severity.REQUIRED);
  }

  @Test
  void whatWasKnownCountsAlsoBeforeItIsRecalled() throws Exception {
    upgrades.take(answer("1.2.3", "2.0.0", Severity.REQUIRED, ISSUED, true), FROM);
    stop();
    workers.close();
    restart(false);
    assertThat(upgrades.notice().newest()).isEmpty();
    UpgradeAnswer older =
        answer("1.2.3", "1.2.3", Severity.OK, ISSUED.minus(Duration.ofDays(1)), true);
    assertThatThrownBy(() -> upgrades.take(older, FROM)).hasMessageContaining("older");
  }

  @Test
  void whatAnOlderCandorKeptIsKnownWithoutWhereFrom() {
    String kept =
        new KnownUpgrade(answer("1.2.3", "2.0.0", Severity.OK, ISSUED, true), "", ISSUED).encode();
    assertThat(KnownUpgrade.decode(kept.replace("\"from\":\"\",", "")))
        .contains(KnownUpgrade.decode(kept).orElseThrow());
  }

  @Test
  void anUnsignedAnswerDoesNotReplaceASignedOneButASignedOneReplacesAnUnsigned() throws Exception {
    upgrades.take(answer("1.2.3", "3.0.0", Severity.REQUIRED, ISSUED, false), FROM);
    upgrades.take(
        answer("1.2.3", "2.0.0", Severity.RECOMMENDED, ISSUED.minusSeconds(60), true), FROM);
    assertThat(upgrades.notice().newest()).isEqualTo("2.0.0");
    UpgradeAnswer unsigned =
        answer("1.2.3", "1.2.3", Severity.OK, ISSUED.plus(Duration.ofDays(1)), false);
    assertThatThrownBy(() -> upgrades.take(unsigned, FROM))
        .isInstanceOf(RefusedAnswerException.class);
  }

  @Test
  void anAnswerFromTheFutureIsRefused() {
    UpgradeAnswer future =
        answer("1.2.3", "2.0.0", Severity.OK, clock.instant().plus(Duration.ofDays(2)), true);
    assertThatThrownBy(() -> upgrades.take(future, FROM)).hasMessageContaining("in the future");
  }

  @Test
  void whoHasUpgradedIsTold() throws Exception {
    upgrades.take(answer("1.0.0", "1.2.3", Severity.REQUIRED, ISSUED, true), FROM);
    assertThat(upgrades.notice().severity()).as("the newest runs here").isEqualTo(Severity.OK);
    upgrades.take(answer("1.0.0", "9.0.0", Severity.REQUIRED, ISSUED, true), FROM);
    assertThat(upgrades.notice().severity())
        .as("said of a version that runs here no longer")
        .isEqualTo(Severity.UNKNOWN);
  }

  @Test
  void timeTurnsAnOkIntoUnknownAndHidesNoUpgrade() throws Exception {
    upgrades.take(answer("1.2.3", "1.3.0", Severity.OK, ISSUED, true), FROM);
    clock.advance(Duration.ofDays(100));
    assertThat(upgrades.notice().severity()).isEqualTo(Severity.UNKNOWN);
    upgrades.take(
        answer("1.2.3", "1.3.0", Severity.RECOMMENDED, ISSUED.plusSeconds(1), true), FROM);
    assertThat(upgrades.notice().severity()).isEqualTo(Severity.RECOMMENDED);
  }

  @Test
  void aResetThatHasErasedTheRestTakesTheNewsToo() throws Exception {
    upgrades.take(answer("1.2.3", "2.5.0", Severity.RECOMMENDED, ISSUED, true), FROM);
    assertThatThrownBy(
            () ->
                upgrades.erasing(
                    () -> {
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(upgrades.notice().newest()).as("nothing was erased").isEqualTo("2.5.0");
    List<String> told = new ArrayList<>();
    upgrades.erasing(
        () ->
            upgrades.bindListener(
                notice -> told.add(notice.newest().isEmpty() ? "none" : notice.newest())));
    assertThat(told).as("after the step").containsExactly("2.5.0", "none");
  }

  @Test
  void theNewsStayWhereverTheStoreGoes() throws Exception {
    upgrades.take(answer("1.2.3", "2.5.0", Severity.RECOMMENDED, ISSUED, true), FROM);
    upgrades.moving(() -> {});
    assertThat(upgrades.notice().newest()).isEqualTo("2.5.0");
  }

  private static UpgradeAnswer answer(
      String running, String newest, Severity severity, Instant issued, boolean signed) {
    return new UpgradeAnswer(
        "candor",
        running,
        newest,
        severity,
        Optional.of(URI.create("https://example.org/2")),
        issued,
        ISSUED.plus(Duration.ofDays(90)),
        signed);
  }
}
