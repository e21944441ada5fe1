package org.candor.core.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.report.FormatterName;
import org.candor.api.report.Message;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.SinkName;
import org.candor.api.source.Observation;
import org.candor.control.Answers;
import org.candor.control.SendResult;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.admission.Admission;
import org.candor.core.admission.DisclosureGate;
import org.candor.core.collect.Collector;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.consent.Consent;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.consent.Grace;
import org.candor.core.crash.CrashLog;
import org.candor.core.delivery.DeliveryWorker;
import org.candor.core.delivery.EndpointNews;
import org.candor.core.delivery.ReplyReader;
import org.candor.core.delivery.RetryTimer;
import org.candor.core.disclosure.DisclosureFixture;
import org.candor.core.history.HistoryLog;
import org.candor.core.identity.Identity;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.reporting.CrashTrigger;
import org.candor.core.reporting.DailyTrigger;
import org.candor.core.reporting.IntervalTrigger;
import org.candor.core.reporting.ReportMaker;
import org.candor.core.reporting.ReportTrigger;
import org.candor.core.reporting.ReportTriggers;
import org.candor.core.settings.Etc;
import org.candor.core.upgrade.UpgradeLog;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A channel with all that is behind it, and a sink that answers as it is told. */
abstract class RunningChannel {

  /** So long that nothing is due by itself within a test. */
  static final ChannelSettings SETTINGS = every(Duration.ofDays(30));

  static ChannelSettings every(Duration interval) {
    return new ChannelSettings(Purpose.USAGE, ReportKind.HEALTH, interval, "plain", "told", true);
  }

  @TempDir Path directory;
  final MovableClock clock = new MovableClock();
  final TotalsFormatter formatter = new TotalsFormatter();
  final ObedientSink sink = new ObedientSink();
  final WorkerPool workers = new WorkerPool();
  final EndpointNews news = new EndpointNews();
  Duration timeout = Duration.ofSeconds(20);
  StoreFixture store;
  Plugins plugins;
  Consent consent;
  ConfiguredLayer configured;
  Identity identity;
  Outbox outbox;
  ChainedJournal journal;
  CrashLog crashes;
  UpgradeLog upgrades;
  Grace grace;
  DisclosureGate fields;
  ChannelLoop runner;

  @BeforeEach
  void start() throws IOException {
    Etc etc = new Etc(Files.createDirectories(directory.resolve("etc")));
    configured = ConsentFixture.layer(etc);
    consent = ConsentFixture.consent(configured, etc);
    identity = IdentityFixture.identity(etc);
    fields =
        new DisclosureGate(
            "c", DisclosureFixture.announcedFields(etc, configured, () -> grace, consent, clock));
    plugins = new Plugins();
    plugins.bindFormatter(formatter, Map.of(FormatterName.PROPERTY, "plain"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "told"));
    open();
  }

  /** As after a kill: everything in memory is gone, and files are as they were. */
  void restart() {
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
    grace = new Grace(outbox, configured);
    Admission admission = new Admission("c", consent, grace, fields, plugins, clock);
    DeliveryWorker worker =
        new DeliveryWorker("c", outbox, journal, consent, workers, replies(), clock, timeout);
    crashes = new CrashLog(store.store(), consent, workers, IdentityFixture.machine(), clock);
    ReportTriggers triggers = triggers(new ReportMaker(collector, fields));
    runner =
        new ChannelLoop(
            "c",
            outbox,
            admission,
            triggers,
            worker,
            news,
            RetryTimer.usual(new Random(1)),
            clock,
            clock);
  }

  @AfterEach
  void stop() {
    workers.close();
    crashes.close();
    outbox.close();
    journal.close();
  }

  static SendResult join(CompletableFuture<SendResult> request) {
    return request.orTimeout(20, TimeUnit.SECONDS).join();
  }

  Channel channel() {
    Admission admission = new Admission("c", consent, grace, fields, plugins, clock);
    DeliveryWorker worker =
        new DeliveryWorker("c", outbox, journal, consent, workers, replies(), clock);
    ReportTriggers triggers =
        triggers(
            new ReportMaker(
                new Collector(workers, identity, clock, Duration.ofSeconds(5)), fields));
    return new Channel(
        "c",
        Optional.of(SETTINGS),
        workers,
        admission,
        fields,
        plugins,
        triggers,
        worker,
        new ChannelLoop(
            "c",
            outbox,
            admission,
            triggers,
            worker,
            news,
            RetryTimer.usual(new Random(1)),
            clock,
            clock),
        new HistoryLog(store.store(), workers, clock),
        clock);
  }

  private ReportTriggers triggers(ReportMaker reports) {
    ReportTrigger timed = new IntervalTrigger("c", identity, reports, clock);
    return new ReportTriggers(
        timed,
        new CrashTrigger("c", crashes, outbox, reports, clock),
        new DailyTrigger("c", identity, timed, clock),
        timed);
  }

  private ReplyReader replies() {
    return new ReplyReader("c", plugins, upgrades, outbox);
  }

  void answer(boolean allowed) {
    try {
      consent.answer(Answers.of(Set.of(Purpose.USAGE), allowed), ConsentFixture.SHELL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ChannelProgress step(ChannelSettings settings, boolean asked) {
    return runner.step(settings, asked);
  }

  void graceIsOver() {
    step(SETTINGS, false);
    clock.advance(Duration.ofMinutes(11));
  }

  void stopStores() {
    crashes.close();
    outbox.close();
    journal.close();
  }

  static Outcome delivered() {
    return Outcome.DELIVERED;
  }

  static List<Message> messages(String... ids) {
    return Stream.of(ids)
        .map(id -> new Message(id, id, "text/plain", Bytes.utf8("body of " + id)))
        .toList();
  }

  static final class KilledError extends Error {
    private static final long serialVersionUID = 1L;
  }
}
