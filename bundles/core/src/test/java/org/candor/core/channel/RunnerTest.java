package org.candor.core.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.consent.Purpose;
import org.candor.api.control.ChannelState;
import org.candor.api.control.Delivery;
import org.candor.api.control.JournalEntry;
import org.candor.api.control.SendResult;
import org.candor.api.fact.FactNames;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.FormatterName;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.candor.api.report.Sensitivity;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkName;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;
import org.candor.api.source.Observation;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeAnswer;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.collect.Collector;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.consent.Consent;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.consent.Grace;
import org.candor.core.crash.CrashLog;
import org.candor.core.history.HistoryLog;
import org.candor.core.identity.Identity;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.journal.JournalRecord;
import org.candor.core.outbox.Attempt;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.Pause;
import org.candor.core.outbox.QueuedMessage;
import org.candor.core.settings.Etc;
import org.candor.core.told.ToldFields;
import org.candor.core.upgrade.UpgradeLog;
import org.candor.core.work.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a report from the sources to the journal, with a sink that answers as it is told. */
class RunnerTest {

  /** So long that nothing is due by itself within a test. */
  private static final ChannelSettings SETTINGS = every(Duration.ofDays(30));

  private static ChannelSettings every(Duration interval) {
    return new ChannelSettings(Purpose.USAGE, ReportKind.HEALTH, interval, "plain", "told", true);
  }

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final TotalsFormatter formatter = new TotalsFormatter();
  private final ToldSink sink = new ToldSink();
  private final Workers workers = new Workers();
  private Duration patience = Duration.ofSeconds(20);
  private StoreFixture store;
  private Plugins plugins;
  private Consent consent;
  private ConfiguredLayer configured;
  private Identity identity;
  private Outbox outbox;
  private ChainedJournal journal;
  private CrashLog crashes;
  private UpgradeLog upgrades;
  private FieldGate fields;
  private Runner runner;

  @BeforeEach
  void start() throws IOException {
    Etc etc = new Etc(Files.createDirectories(directory.resolve("etc")));
    configured = ConsentFixture.layer(etc);
    consent = ConsentFixture.consent(configured, etc);
    identity = IdentityFixture.identity(etc);
    fields = new FieldGate("c", new ToldFields(etc, configured::grace, clock));
    plugins = new Plugins();
    plugins.bindFormatter(formatter, Map.of(FormatterName.PROPERTY, "plain"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "told"));
    open();
  }

  /** As after a kill: everything in memory is gone, and files are as they were. */
  private void restart() {
    stopStores();
    open();
  }

  private void open() {
    store = new StoreFixture(directory.resolve("var"));
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
    upgrades = new UpgradeLog(identity, outbox, workers, clock);
    Collector collector = new Collector(workers, identity, clock, Duration.ofSeconds(5));
    collector.bindSource(
        deadline ->
            Observation.builder()
                .unit("a.service", 3, 1)
                .text("secret", "not in the catalogue")
                .build(),
        Map.of());
    Gates gates = new Gates("c", consent, new Grace(outbox, configured), fields, plugins, clock);
    Courier courier =
        new Courier("c", outbox, journal, consent, workers, replies(), clock, patience);
    crashes = new CrashLog(store.store(), consent, workers, IdentityFixture.machine(), clock);
    Agendas agendas = agendas(new Reporter(collector, fields));
    runner = new Runner("c", outbox, gates, agendas, courier, Backoff.usual(new Random(1)), clock);
  }

  @AfterEach
  void stop() {
    workers.close();
    crashes.close();
    outbox.close();
    journal.close();
  }

  @Test
  void aReportThatIsDueGoesOutAndIntoTheJournal() {
    ChannelSettings hourly = every(Duration.ofHours(1));
    graceIsOver();
    step(hourly, false);
    sink.got.clear();
    clock.advance(Duration.ofHours(1));
    Progress progress = step(hourly, false);
    assertThat(progress.deliveries()).extracting(Delivery::outcome).containsExactly(delivered());
    assertThat(progress.queued()).isZero();
    assertThat(progress.memory().lastDelivery()).contains(clock.instant());
    JournalEntry entry = journal.entries(1).get(0);
    assertThat(entry.id()).isEqualTo(sink.got.get(0).id());
    assertThat(entry.digest()).isEqualTo(sink.got.get(0).body().sha256());
    assertThat(entry.endpoint()).isEqualTo("told:/sink");
    assertThat(journal.payload(entry.id())).contains(sink.got.get(0).body());
  }

  @Test
  void theFormatterSeesOnlyWhatItsCatalogueNames() {
    graceIsOver();
    step(SETTINGS, true);
    assertThat(formatter.seen).containsExactly(FactNames.UNIT_TOTAL);
  }

  @Test
  void whatAnUpgradeAddsIsNotHandedOverBeforeItsGraceIsOver() {
    graceIsOver();
    formatter.later = Optional.of(Set.of(FactNames.UNIT_UNHEALTHY));
    step(SETTINGS, true);
    assertThat(formatter.seen).containsExactly(FactNames.UNIT_TOTAL);
    assertThat(sink.got).hasSize(1);
    clock.advance(Duration.ofMinutes(11));
    step(SETTINGS, true);
    assertThat(formatter.seen).contains(FactNames.UNIT_TOTAL, FactNames.UNIT_UNHEALTHY);
  }

  @Test
  void aNewFieldThatCannotBeLeftOutKeepsTheChannelWaitingAndLosesNothing() {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    step(SETTINGS, true);
    formatter.later = Optional.of(Set.of());
    Progress waiting = step(SETTINGS, true);
    assertThat(sink.got).hasSize(1);
    assertThat(waiting.queued()).isEqualTo(1);
    assertThat(waiting.next())
        .hasValueSatisfying(
            next ->
                assertThat(next)
                    .isBetween(clock.instant().plusSeconds(598), clock.instant().plusSeconds(600)));
    clock.advance(Duration.ofMinutes(11));
    assertThat(step(SETTINGS, false).queued()).isZero();
  }

  @Test
  void nothingLeavesBeforeTheGraceIsOver() {
    Progress progress = step(SETTINGS, true);
    assertThat(sink.got).isEmpty();
    assertThat(progress.next()).contains(clock.instant().plus(Duration.ofMinutes(10)));
  }

  @Test
  void aFailureIsTriedAgainLaterUnderTheSameId() {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    Progress failed = step(SETTINGS, true);
    assertThat(failed.queued()).isEqualTo(1);
    assertThat(failed.next()).hasValueSatisfying(next -> assertThat(next).isAfter(clock.instant()));
    step(SETTINGS, false);
    assertThat(sink.got).as("not before its time").hasSize(1);
    clock.advance(Duration.ofSeconds(6));
    assertThat(step(SETTINGS, false).queued()).isZero();
    assertThat(sink.got).extracting(Payload::id).hasSize(2).containsOnly(sink.got.get(0).id());
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.RETRY, Outcome.DELIVERED);
  }

  @Test
  void anEndpointThatWantsToBeLeftAloneIsLeftAloneAlsoAfterARestart() {
    graceIsOver();
    sink.answers.add(Receipt.retry("429").pausing(Duration.ofMinutes(30)));
    step(SETTINGS, true);
    stopStores();
    restart();
    clock.advance(Duration.ofMinutes(29));
    step(SETTINGS, true);
    assertThat(sink.got).hasSize(1);
    clock.advance(Duration.ofMinutes(2));
    step(SETTINGS, false);
    assertThat(sink.got).hasSizeGreaterThan(1);
  }

  @Test
  void aLimitOfACategoryHoldsForThatCategoryAloneAndThroughARestart() {
    graceIsOver();
    sink.category = "error";
    sink.answers.add(
        Receipt.delivered("200")
            .limiting(Map.of("error", Duration.ofMinutes(30), "other", Duration.ofHours(5))));
    step(SETTINGS, true);
    sink.answers.add(Receipt.delivered("200").limiting(Map.of("error", Duration.ofMinutes(1))));
    sink.category = "default";
    step(SETTINGS, true);
    assertThat(sink.got).as("the other category goes").hasSize(2);
    sink.category = "error";
    stopStores();
    restart();
    clock.advance(Duration.ofMinutes(29));
    assertThat(step(SETTINGS, true).next()).isPresent();
    assertThat(sink.got).as("the longer limit is kept").hasSize(2);
    clock.advance(Duration.ofMinutes(2));
    step(SETTINGS, false);
    assertThat(sink.got).hasSizeGreaterThan(2);
  }

  @Test
  void aLimitOfAllCategoriesHoldsForAll() {
    graceIsOver();
    sink.answers.add(Receipt.retry("429").limiting(Map.of("", Duration.ofMinutes(30))));
    step(SETTINGS, true);
    sink.category = "default";
    clock.advance(Duration.ofMinutes(29));
    step(SETTINGS, true);
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void whatTheEndpointSendsBackIsReadByTheFormatterAndOutlivesARestart() {
    graceIsOver();
    sink.answers.add(Receipt.delivered("NOERROR").replying(Bytes.utf8("9.9.9")));
    step(SETTINGS, true);
    assertThat(upgrades.notice().newest()).isEqualTo("9.9.9");
    assertThat(upgrades.notice().isNews()).isTrue();
    stopStores();
    restart();
    sink.answers.add(Receipt.delivered("NOERROR").replying(Bytes.utf8("refuse")));
    step(SETTINGS, true);
    upgrades.recall();
    assertThat(upgrades.notice().newest()).isEqualTo("9.9.9");
  }

  @Test
  void aVersionIsAskedForAfterAStartUnlessItWasWithinTheInterval() {
    ChannelSettings daily =
        new ChannelSettings(
            Purpose.USAGE, ReportKind.VERSION_CHECK, Duration.ofDays(1), "plain", "told", true);
    step(daily, false);
    clock.advance(Duration.ofMinutes(11));
    step(daily, false);
    assertThat(sink.got).as("once the grace is over").hasSize(1);
    step(daily, false);
    stopStores();
    restart();
    step(daily, false);
    clock.advance(Duration.ofHours(19));
    stopStores();
    restart();
    step(daily, false);
    assertThat(sink.got).as("a start within the day").hasSize(1);
    stopStores();
    clock.advance(Duration.ofHours(6));
    restart();
    step(daily, false);
    step(daily, false);
    assertThat(sink.got).as("a later start").hasSize(2);
  }

  @Test
  void whatWaitsByOurOwnHabitIsTriedAtOnceForWhoAsksAndOtherwiseLaterAlsoAfterARestart() {
    graceIsOver();
    sink.answers.add(Receipt.retry("SERVFAIL").resting(Duration.ofHours(1)));
    sink.answers.add(Receipt.retry("SERVFAIL").resting(Duration.ofHours(1)));
    step(SETTINGS, true);
    stopStores();
    restart();
    clock.advance(Duration.ofMinutes(50));
    step(SETTINGS, false);
    assertThat(sink.got).as("by itself").hasSize(1);
    assertThat(step(SETTINGS, true).next()).contains(clock.instant().plus(Duration.ofHours(1)));
    assertThat(sink.got).as("when somebody asks").hasSizeGreaterThan(1);
  }

  @Test
  void whatTheEndpointWantsCountsMoreThanOurHabitAlsoForWhoAsks() {
    graceIsOver();
    sink.answers.add(
        Receipt.retry("429").resting(Duration.ofMinutes(1)).pausing(Duration.ofHours(2)));
    step(SETTINGS, true);
    clock.advance(Duration.ofMinutes(119));
    step(SETTINGS, true);
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void anAnswerThatIsOfNoUseShowsUntilABetterOneComesAndIsLoggedOnce() throws Exception {
    graceIsOver();
    sink.answers.add(Receipt.delivered("NXDOMAIN").advising("Check zone."));
    sink.answers.add(Receipt.delivered("NXDOMAIN").advising("Check zone."));
    sink.answers.add(Receipt.retry("SERVFAIL"));
    sink.answers.add(Receipt.delivered("NOERROR").replying(Bytes.utf8("refuse")));
    sink.answers.add(Receipt.delivered("NOERROR").replying(Bytes.utf8("refuse")));
    sink.answers.add(Receipt.delivered("NOERROR").replying(Bytes.utf8("9.9.9")));
    Channel channel = channel();
    String log =
        logged(
            () -> {
              assertThat(join(channel.send()))
                  .satisfies(result -> assertThat(result.state()).isEqualTo(ChannelState.FAILING))
                  .satisfies(result -> assertThat(result.note()).isEqualTo("Check zone."));
              assertThat(channel.status().queued()).isZero();
              assertThat(channel.status().lost()).isEmpty();
              join(channel.send());
            });
    assertThat(log.split("Check zone\\.", -1)).as("one line").hasSize(2);
    channel.close();
    stopStores();
    restart();
    Channel restarted = channel();
    join(restarted.send());
    assertThat(restarted.status().advice()).contains("SERVFAIL");
    assertThat(logged(() -> join(restarted.send())))
        .contains("delivers again")
        .as("another reason is no news")
        .doesNotContain("told to");
    assertThat(restarted.status().state()).isEqualTo(ChannelState.FAILING);
    assertThat(restarted.status().advice()).isEqualTo("told to What is known of upgrades stays.");
    sink.endpoint = "told:/other";
    assertThat(restarted.status().state()).as("another endpoint").isEqualTo(ChannelState.ACTIVE);
    sink.endpoint = "told:/sink";
    assertThat(logged(() -> join(restarted.send()))).contains("of use again");
    assertThat(restarted.status().state()).isEqualTo(ChannelState.ACTIVE);
    assertThat(restarted.status().advice()).isEmpty();
    assertThat(upgrades.notice().from()).isEqualTo("told:/sink");
    restarted.close();
  }

  private static String logged(Runnable work) {
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

  @Test
  void aWishToBeLeftAloneIsNoWishOfTheNextEndpoint() {
    graceIsOver();
    sink.answers.add(Receipt.retry("429").pausing(Duration.ofMinutes(30)));
    step(SETTINGS, true);
    sink.endpoint = "told:/other";
    clock.advance(Duration.ofMinutes(1));
    assertThat(step(SETTINGS, false).queued()).isZero();
  }

  @Test
  void whatIsRefusedIsRefusedOnceAndStaysInTheJournal() {
    graceIsOver();
    sink.answers.add(Receipt.refused("400: no such key"));
    Progress progress = step(SETTINGS, true);
    assertThat(progress.queued()).isZero();
    assertThat(progress.memory().lost()).containsEntry("refused", 1L);
    assertThat(progress.memory().lastAnswer()).isEqualTo("400: no such key");
    assertThat(journal.entries(9).get(0).outcome()).isEqualTo(Outcome.REFUSED);
    clock.advance(Duration.ofMinutes(10));
    step(SETTINGS, false);
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void oneBadMessageDoesNotTakeTheOthersOfItsBatchWithIt() throws IOException {
    graceIsOver();
    step(SETTINGS, false);
    sink.limit = new BatchLimit(10, 10_000);
    outbox.accept("c", messages("good", "bad", "fine"), memory -> memory);
    sink.refuseIfHolds = "bad";
    step(SETTINGS, false);
    assertThat(sink.delivered).containsExactly("body of good", "body of fine");
    assertThat(outbox.memory("c").lost()).containsEntry("refused", 1L);
  }

  @Test
  void aNoErasesWhatIsQueuedAndTheJournalSaysSo() throws IOException {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    step(SETTINGS, true);
    consent.answer(Set.of(Purpose.USAGE), false);
    Progress off = step(SETTINGS, true);
    assertThat(off.queued()).isZero();
    assertThat(off.memory().lost()).containsEntry("withdrawn", 1L);
    assertThat(journal.entries(1).get(0).outcome()).isEqualTo(Outcome.WITHDRAWN);
    assertThat(sink.got).hasSize(1);
    assertThat(off.next()).isEmpty();
  }

  @Test
  void aNoInTheMiddleAbortsTheAttempt() throws IOException {
    graceIsOver();
    sink.during =
        deadline -> {
          answer(false);
          assertThat(deadline.isCancelled()).isTrue();
        };
    Channel channel = channel();
    Runnable stop = consent.onChange(channel::changed);
    sink.answers.add(Receipt.retry("aborted"));
    join(channel.send());
    stop.run();
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.WITHDRAWN, Outcome.WITHDRAWN);
    assertThat(outbox.count("c")).isZero();
    channel.close();
  }

  @Test
  void aKillBetweenTheSendAndTheJournalIsSeenAndTheIdKept() {
    graceIsOver();
    sink.during =
        deadline -> {
          throw new KilledError();
        };
    assertThatThrownBy(() -> step(SETTINGS, true)).isInstanceOf(KilledError.class);
    sink.during = deadline -> {};
    stopStores();
    restart();
    step(SETTINGS, false);
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.INTERRUPTED, Outcome.DELIVERED);
    assertThat(sink.got).extracting(Payload::id).hasSize(2).containsOnly(sink.got.get(0).id());
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void withoutASinkTheQueueWaitsAndLeavesWhenItIsBack() {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    step(SETTINGS, true);
    plugins.unbindSink(sink, Map.of(SinkName.PROPERTY, "told"));
    clock.advance(Duration.ofMinutes(10));
    assertThat(step(SETTINGS, true).queued()).isEqualTo(1);
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "told"));
    assertThat(step(SETTINGS, false).queued()).isZero();
  }

  @Test
  void aSinkThatDoesNotTakeTheFormatIsNotAsked() {
    graceIsOver();
    sink.takes = "other/type";
    Progress progress = step(SETTINGS, true);
    assertThat(progress.trouble())
        .hasValueSatisfying(t -> assertThat(t.advice()).contains("text/plain"));
    assertThat(progress.queued()).isEqualTo(1);
    assertThat(sink.got).isEmpty();
  }

  @Test
  void aDiskThatTakesNothingStopsTheChannelAndLosesNothing() throws IOException {
    graceIsOver();
    step(SETTINGS, false);
    Path blocked = Files.createFile(directory.resolve("blocked"));
    store.directory(blocked.resolve("var"));
    Progress stuck = step(SETTINGS, true);
    assertThat(stuck.trouble()).isPresent();
    assertThat(sink.got).isEmpty();
    store.directory(directory.resolve("var"));
    clock.advance(Duration.ofSeconds(6));
    assertThat(step(SETTINGS, true).trouble()).isEmpty();
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void whenTheSinkGoesInTheMiddleItsMessageStaysAndTheJournalSaysWhy() throws IOException {
    graceIsOver();
    sink.during = deadline -> plugins.unbindSink(sink, Map.of(SinkName.PROPERTY, "told"));
    Channel channel = channel();
    Runnable stop = plugins.onChange(channel::changed);
    sink.answers.add(Receipt.retry("aborted"));
    outbox.accept("c", messages("one", "two"), memory -> memory);
    join(channel.send());
    stop.run();
    assertThat(sink.got).hasSize(1);
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.INTERRUPTED);
    assertThat(journal.entries(9).get(0).answer()).contains("sink was removed");
    assertThat(outbox.count("c")).isEqualTo(3);
    channel.close();
  }

  @Test
  void aNoErasesWhatWasQueuedBeforeItAlsoWhenItIsAYesAgain() throws IOException {
    graceIsOver();
    sink.during =
        deadline -> {
          answer(false);
          answer(true);
        };
    Channel channel = channel();
    Runnable stop = consent.onChange(channel::changed);
    outbox.accept("c", messages("one", "two"), memory -> memory);
    join(channel.send());
    sink.during = deadline -> {};
    join(channel.send());
    stop.run();
    assertThat(sink.delivered).contains("body of one").doesNotContain("body of two");
    assertThat(outbox.memory("c").lost()).containsEntry("withdrawn", 2L);
    channel.close();
  }

  @Test
  void aChannelThatEndsSendsNothingMoreAndKeepsItsQueue() throws IOException {
    graceIsOver();
    Channel channel = channel();
    sink.during = deadline -> channel.close();
    outbox.accept("c", messages("one", "two"), memory -> memory);
    assertThat(join(channel.send()).note()).contains("stopping");
    assertThat(join(channel.send()).note()).as("nobody waits for it in vain").contains("stopping");
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void aStepThatFailsBadlyLeavesNobodyWaitingAndTheNextOneWorks() {
    graceIsOver();
    sink.during =
        deadline -> {
          throw new KilledError();
        };
    Channel channel = channel();
    join(channel.send());
    sink.during = deadline -> {};
    assertThat(join(channel.send()).state()).isEqualTo(ChannelState.ACTIVE);
    channel.close();
  }

  @Test
  void aSinkThatForgetsItsDeadlineIsAbortedAndTriedAgain() {
    patience = Duration.ofMillis(50);
    restart();
    graceIsOver();
    sink.during =
        deadline -> {
          CountDownLatch cancelled = new CountDownLatch(1);
          deadline.onCancel(cancelled::countDown);
          await(cancelled);
        };
    sink.answers.add(Receipt.retry("closed"));
    step(SETTINGS, true);
    assertThat(journal.entries(1).get(0).outcome()).isEqualTo(Outcome.RETRY);
    assertThat(journal.entries(1).get(0).answer()).contains("no answer in time");
  }

  @Test
  void aKillAfterABatchWasRefusedStillTriesEachOfItAlone() throws IOException {
    graceIsOver();
    outbox.accept("c", messages("one", "two"), memory -> memory);
    List<QueuedMessage> batch = outbox.all("c");
    JournalRecord refused =
        new JournalRecord(
            "p",
            clock.instant(),
            "c",
            Purpose.USAGE,
            "default",
            1,
            "",
            "",
            Outcome.REFUSED,
            "400: no",
            List.of("one", "two"));
    outbox.begin(new Attempt(refused, batch.stream().map(QueuedMessage::number).toList()));
    journal.append(refused, Optional.empty());
    stopStores();
    restart();
    sink.limit = new BatchLimit(10, 10_000);
    sink.refuseIfHolds = "two";
    step(SETTINGS, false);
    assertThat(sink.delivered).containsExactly("body of one");
    assertThat(outbox.memory("c").lost()).containsEntry("refused", 1L);
  }

  @Test
  void aMessageThatNoPayloadCanBeMadeOfStopsNoOther() throws IOException {
    graceIsOver();
    sink.limit = new BatchLimit(10, 10_000);
    sink.stumblesOver = "bad";
    outbox.accept("c", messages("good", "bad", "fine"), memory -> memory);
    assertThat(step(SETTINGS, false).trouble()).isEmpty();
    assertThat(sink.delivered).containsExactly("body of good", "body of fine");
    assertThat(outbox.memory("c").lost()).containsEntry("unencodable", 1L);
  }

  @Test
  void aSinkThatMakesNoPayloadAtAllLosesNothing() throws IOException {
    graceIsOver();
    sink.stumblesOver = "body";
    outbox.accept("c", messages("one", "two"), memory -> memory);
    Progress progress = step(SETTINGS, false);
    assertThat(progress.trouble()).hasValueSatisfying(t -> assertThat(t.advice()).contains("told"));
    assertThat(outbox.count("c")).isEqualTo(2);
    sink.stumblesOver = "\n";
    clock.advance(Duration.ofMinutes(20));
    assertThat(step(SETTINGS, false).trouble()).isEmpty();
    assertThat(outbox.count("c")).isZero();
  }

  @Test
  void aFormatterThatFailsIsNotAskedAtEveryTurn() {
    ChannelSettings hourly = every(Duration.ofHours(1));
    graceIsOver();
    clock.advance(Duration.ofHours(3));
    formatter.fails = true;
    step(hourly, false);
    clock.advance(Duration.ofHours(1));
    Progress stuck = step(hourly, false);
    int asked = formatter.asked;
    assertThat(stuck.next()).hasValueSatisfying(at -> assertThat(at).isAfter(clock.instant()));
    assertThat(step(hourly, false).trouble()).isEqualTo(stuck.trouble()).isPresent();
    assertThat(formatter.asked).isEqualTo(asked);
    formatter.fails = false;
    clock.advance(Duration.ofSeconds(10));
    assertThat(step(hourly, false).trouble()).isEmpty();
    assertThat(sink.got).hasSize(1);
  }

  @Test
  void aClockThatWasSetBackStopsNothing() {
    ChannelSettings hourly = every(Duration.ofHours(1));
    graceIsOver();
    sink.answers.add(Receipt.retry("429").pausing(Duration.ofDays(9999)));
    step(hourly, true);
    clock.advance(Duration.ofDays(-365));
    graceIsOver();
    step(hourly, false);
    clock.advance(Duration.ofHours(1));
    step(hourly, false);
    assertThat(sink.delivered).containsExactly("report 1", "report 2");
  }

  @Test
  void aWaitThatIsLongerThanADayIsCutToADay() {
    graceIsOver();
    sink.answers.add(Receipt.retry("429").pausing(Duration.ofSeconds(Long.MAX_VALUE / 1000)));
    assertThat(step(SETTINGS, true).memory().pause().map(Pause::until))
        .contains(clock.instant().plus(Duration.ofDays(1)));
  }

  @Test
  void whatNobodyTakesIsNotTriedInALoop() {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    step(SETTINGS, true);
    sink.takes = "other/type";
    clock.advance(Duration.ofMinutes(10));
    assertThat(step(SETTINGS, false).next())
        .hasValueSatisfying(next -> assertThat(next).isAfter(clock.instant()));
  }

  private static SendResult join(CompletableFuture<SendResult> request) {
    return request.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Channel channel() {
    Gates gates = new Gates("c", consent, new Grace(outbox, configured), fields, plugins, clock);
    Courier courier = new Courier("c", outbox, journal, consent, workers, replies(), clock);
    Agendas agendas =
        agendas(
            new Reporter(new Collector(workers, identity, clock, Duration.ofSeconds(5)), fields));
    return new Channel(
        "c",
        Optional.of(SETTINGS),
        workers,
        gates,
        fields,
        plugins,
        agendas,
        courier,
        new Runner("c", outbox, gates, agendas, courier, Backoff.usual(new Random(1)), clock),
        new HistoryLog(store.store(), workers, clock),
        clock);
  }

  private Agendas agendas(Reporter reporter) {
    Agenda timed = new TimedAgenda("c", identity, outbox, reporter, clock);
    return new Agendas(
        timed,
        new CrashAgenda("c", crashes, outbox, reporter, clock),
        new DailyAgenda("c", identity, timed, outbox, clock),
        timed);
  }

  private Replies replies() {
    return new Replies("c", plugins, upgrades, outbox);
  }

  private void answer(boolean allowed) {
    try {
      consent.answer(Set.of(Purpose.USAGE), allowed);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Progress step(ChannelSettings settings, boolean asked) {
    return runner.step(settings, asked, false);
  }

  private void graceIsOver() {
    step(SETTINGS, false);
    clock.advance(Duration.ofMinutes(11));
  }

  private void stopStores() {
    crashes.close();
    outbox.close();
    journal.close();
  }

  private static Outcome delivered() {
    return Outcome.DELIVERED;
  }

  private static List<Message> messages(String... ids) {
    return java.util.stream.Stream.of(ids)
        .map(id -> new Message(id, id, "text/plain", Bytes.utf8("body of " + id)))
        .toList();
  }

  private static final class KilledError extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final class TotalsFormatter implements ReportFormatter {
    private List<String> seen = List.of();
    private int made;
    private int asked;
    private boolean fails;
    private Optional<Set<String>> later = Optional.empty();

    @Override
    public FieldCatalogue fields() {
      List<Field> fields = new ArrayList<>();
      fields.add(field("total", Set.of(FactNames.UNIT_TOTAL)));
      later.ifPresent(facts -> fields.add(field("later", facts)));
      return new FieldCatalogue(fields);
    }

    private static Field field(String name, Set<String> facts) {
      return new Field(name, FieldType.COUNT, "", "", "", Sensitivity.TECHNICAL, "0.1.0", facts);
    }

    @Override
    public List<Message> format(Report report) {
      asked++;
      if (fails) {
        throw new IllegalStateException("no");
      }
      seen = report.facts().stream().map(fact -> fact.name()).toList();
      made++;
      return List.of(new Message("id" + made, "m", "text/plain", Bytes.utf8("report " + made)));
    }

    @Override
    public Optional<UpgradeAnswer> read(Message message, String running, Bytes reply)
        throws RefusedAnswerException {
      if (reply.utf8().equals("refuse")) {
        throw new RefusedAnswerException("told to");
      }
      return Optional.of(
          new UpgradeAnswer(
              "",
              "1.2.3",
              reply.utf8(),
              Severity.REQUIRED,
              Optional.empty(),
              Instant.parse("2026-11-01T00:00:00Z"),
              Instant.parse("2027-11-01T00:00:00Z"),
              true));
    }
  }

  private interface During {
    void send(Deadline deadline);
  }

  private static final class ToldSink implements TransportSink {
    private final List<Payload> got = new ArrayList<>();
    private final List<String> delivered = new ArrayList<>();
    private final List<Receipt> answers = new ArrayList<>();
    private BatchLimit limit = BatchLimit.ONE_MESSAGE;
    private String endpoint = "told:/sink";
    private String takes = "text/plain";
    private String category = "";
    private String refuseIfHolds = "\n";
    private String stumblesOver = "\n";
    private During during = deadline -> {};

    @Override
    public boolean accepts(String mediaType) {
      return mediaType.equals(takes);
    }

    @Override
    public SinkState state() {
      return SinkState.ready(endpoint);
    }

    @Override
    public BatchLimit batchLimit() {
      return limit;
    }

    @Override
    public String category(Message message) {
      return category;
    }

    @Override
    public Payload encode(List<Message> batch) {
      String body = String.join("|", batch.stream().map(m -> m.body().utf8()).toList());
      if (body.contains(stumblesOver)) {
        throw new IllegalArgumentException("stumbled");
      }
      return new Payload("p-" + batch.get(0).id(), "text/plain", Bytes.utf8(body));
    }

    @Override
    public Receipt send(Payload payload, Deadline deadline) {
      got.add(payload);
      during.send(deadline);
      if (payload.body().utf8().contains(refuseIfHolds)) {
        return Receipt.refused("bad");
      }
      Receipt receipt = answers.isEmpty() ? Receipt.delivered("200") : answers.remove(0);
      if (receipt.outcome() == Outcome.DELIVERED) {
        delivered.add(payload.body().utf8());
      }
      return receipt;
    }
  }
}
