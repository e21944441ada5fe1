package org.candor.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.ChannelState;
import org.candor.api.Deadline;
import org.candor.api.consent.Purpose;
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
import org.candor.control.Answers;
import org.candor.control.Forgotten;
import org.candor.control.Forgotten.Destination;
import org.candor.control.Forgotten.Named;
import org.candor.control.JournalEntry;
import org.candor.control.SendResult;
import org.candor.core.StoreFixture;
import org.candor.core.admission.Admission;
import org.candor.core.admission.AdmissionFactory;
import org.candor.core.admission.DisclosureGate;
import org.candor.core.collect.Collector;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.consent.Consent;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.consent.Grace;
import org.candor.core.crash.CrashLog;
import org.candor.core.delivery.DeliveryWorker;
import org.candor.core.delivery.DeliveryWorkerFactory;
import org.candor.core.delivery.EndpointNews;
import org.candor.core.delivery.ReplyReader;
import org.candor.core.delivery.RetryTimer;
import org.candor.core.disclosure.AnnouncedFields;
import org.candor.core.disclosure.DisclosureFixture;
import org.candor.core.history.HistoryLog;
import org.candor.core.identity.Identity;
import org.candor.core.identity.IdentityFiles;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.plugin.ChannelConfig;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.reporting.IntervalTrigger;
import org.candor.core.reporting.ReportMaker;
import org.candor.core.reporting.ReportTrigger;
import org.candor.core.reporting.ReportTriggerFactory;
import org.candor.core.reporting.ReportTriggers;
import org.candor.core.reset.Erasure;
import org.candor.core.reset.ResetCoordinator;
import org.candor.core.reset.ResetSummary;
import org.candor.core.settings.Etc;
import org.candor.core.upgrade.UpgradeLog;
import org.candor.core.web.WebEventsFactory;
import org.candor.core.work.SteadyClock;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is forgotten in the middle of whatever a channel does. */
class ForgettingTest {

  private static final String CLUSTER = "old-cluster-4711";
  private static final String NODE = "old-node-4711";
  private static final ChannelSettings SETTINGS =
      new ChannelSettings(
          Purpose.USAGE, ReportKind.HEALTH, Duration.ofDays(30), "naming", "told", true);

  @TempDir Path base;
  private final SteadyClock clock = new SteadyClock();
  private final WorkerPool workers = new WorkerPool();
  private HistoryLog history;
  private AnnouncedFields reported;
  private DisclosureGate fields;
  private final NamingFormatter formatter = new NamingFormatter();
  private final ToldSink sink = new ToldSink();
  private final Plugins plugins = new Plugins();
  private Consent consent;
  private Grace grace;
  private Identity identity;
  private Collector collector;
  private ChainedJournal journal;
  private StoreFixture store;
  private Outbox outbox;
  private CrashLog crashes;
  private UpgradeLog upgrades;
  private ResetCoordinator resets;

  @BeforeEach
  void open() throws IOException {
    Etc etc = new Etc(Files.createDirectories(base.resolve("etc")));
    Files.writeString(base.resolve("etc/org.candor.consent.cfg"), "grace = 0\n");
    Files.writeString(
        base.resolve("etc/org.candor.identity.cfg"),
        "clusterId = " + CLUSTER + "\nnodeId = " + NODE + "\n");
    ConfiguredLayer configured = ConsentFixture.layer(etc);
    consent = ConsentFixture.consent(configured, etc);
    reported = DisclosureFixture.announcedFields(etc, configured, () -> grace, consent, clock);
    fields = new DisclosureGate("c", reported);
    plugins.bindFormatter(formatter, Map.of(FormatterName.PROPERTY, "naming"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "told"));
    Erasure erasure = new Erasure(etc);
    store = new StoreFixture(base.resolve("var"), erasure);
    identity = IdentityFixture.identity(etc, erasure, CLUSTER, NODE);
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
    grace = new Grace(outbox, configured);
    upgrades = new UpgradeLog(identity, outbox, workers, clock);
    history = new HistoryLog(store.store(), workers, clock);
    crashes = new CrashLog(store.store(), consent, workers, IdentityFixture.machine(), clock);
    collector = new Collector(workers, identity, clock, Duration.ofSeconds(5));
    resets =
        new ResetCoordinator(
            store.store(),
            erasure,
            new ResetSummary(identity, new IdentityFiles(etc), journal),
            List.of(identity, history, crashes, journal, outbox, upgrades));
  }

  @AfterEach
  void close() {
    workers.close();
    crashes.close();
    outbox.close();
    journal.close();
  }

  @Test
  void aReportThatIsFormattedMeanwhileIsNotQueued() throws IOException {
    ChannelLoop loop = runner();
    formatter.before = this::forget;
    loop.step(SETTINGS, true);
    assertThat(sink.got).isEmpty();
    assertThat(outbox.all("c")).isEmpty();
    assertNothingOld();
  }

  @Test
  void anAttemptThatIsMadeMeanwhileLeavesNoTrace() throws IOException {
    ChannelLoop runner = runner();
    sink.during = deadline -> forget();
    runner.step(SETTINGS, true);
    assertThat(sink.got).singleElement().asString().contains(CLUSTER);
    assertThat(journal.entries(9)).isEmpty();
    assertThat(outbox.unended("c")).isEmpty();
    assertThat(outbox.memory("c").lastDelivery()).isEmpty();
    assertNothingOld();
  }

  @Test
  void anAttemptOfBeforeDoesNotSettleAMessageOfAfter() throws IOException {
    ChannelLoop runner = runner();
    sink.during =
        deadline -> {
          forget();
          accept(new Message("new", "m", "text/plain", Bytes.utf8("new")));
        };
    runner.step(SETTINGS, true);
    assertThat(outbox.all("c")).hasSize(1);
  }

  @Test
  void aChannelAbortsAndBeginsAnew() throws Exception {
    ChannelComponent component = component();
    sink.during = deadline -> {};
    assertThat(component.channel().send().get(20, TimeUnit.SECONDS).deliveries()).hasSize(1);
    CompletableFuture<SendResult> sending = inFlight(component);
    long begin = System.nanoTime();
    Forgotten forgotten = resets.forget();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    // Long before the sink would give up by itself.
    sending.get(5, TimeUnit.SECONDS);
    assertThat(sink.aborted).isTrue();
    assertThat(forgotten.ids())
        .contains(new Named("clusterId", CLUSTER), new Named("nodeId", NODE))
        .extracting(Named::name)
        .contains("clusterPseudonym", "nodePseudonym", "serverPseudonym", "userPseudonym");
    assertThat(forgotten.sentTo()).containsExactly(new Destination("c", "told:/sink"));
    assertThat(journal.entries(9)).isEmpty();
    assertThat(component.channel().status().queued())
        .as("nothing, as far as it is known yet")
        .isIn(Optional.empty(), Optional.of(0L));
    assertNothingOld();

    sink.during = deadline -> {};
    SendResult result = component.channel().send().get(20, TimeUnit.SECONDS);
    assertThat(result.state()).isEqualTo(ChannelState.ACTIVE);
    assertThat(sink.got).last().asString().contains(identity.clusterId()).doesNotContain(CLUSTER);
    assertThat(journal.entries(9)).hasSize(1);
    assertThat(journal.verify().intact()).isTrue();
    component.close();
  }

  @Test
  void anAttemptThatIsMadeWhileTheStoreMovesSettlesNothingInTheOther() throws Exception {
    Path first = base.resolve("var");
    Path second = base.resolve("second");
    store.store().prepare();
    accept(new Message("waits", "m", "text/plain", Bytes.utf8("waits")));
    store.directory(second);
    ChannelComponent component = component();
    CompletableFuture<SendResult> sending = inFlight(component);
    sink.during = deadline -> {};
    store.directory(first);
    sending.get(5, TimeUnit.SECONDS);
    assertThat(sink.aborted).isTrue();
    component.channel().send().get(20, TimeUnit.SECONDS);
    assertThat(sink.got).contains("waits");
    assertThat(component.channel().status().queued()).contains(0L);
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .isNotEmpty()
        .containsOnly(Outcome.DELIVERED);
    store.directory(second);
    component.channel().send().get(20, TimeUnit.SECONDS);
    assertThat(component.channel().status().queued()).contains(0L);
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .contains(Outcome.INTERRUPTED, Outcome.DELIVERED);
    component.close();
  }

  @Test
  void theGraceBeginsAnewAndAnswersStay() throws IOException {
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), false), ConsentFixture.SHELL);
    Instant first = grace.end(clock.instant());
    forget();
    assertThat(grace.knownEnd()).isEmpty();
    assertThat(grace.end(clock.instant())).isAfter(first);
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isFalse();
  }

  @Test
  void whoForgetsTwiceHasOtherIdsTwice() throws IOException {
    forget();
    String second = identity.clusterId();
    Forgotten forgotten = resets.forget();
    assertThat(forgotten.ids()).contains(new Named("clusterId", second));
    assertThat(identity.clusterId()).isNotIn(CLUSTER, second);
  }

  @Test
  void whoNeverReportedHadNoIds() throws IOException {
    Files.writeString(base.resolve("etc/org.candor.identity.cfg"), "clusterId =\n");
    identity = IdentityFixture.identity(new Etc(base.resolve("etc")), () -> {}, "", "");
    assertThat(identity.known()).isEmpty();
    assertThat(base.resolve("etc/org.candor.identity.ids")).doesNotExist();
    assertThat(base.resolve("etc/org.candor.identity.secret")).doesNotExist();
  }

  /** Has the channel send something that is at the endpoint when this returns, and hangs there. */
  private CompletableFuture<SendResult> inFlight(ChannelComponent component) throws Exception {
    CountDownLatch flying = new CountDownLatch(1);
    sink.during =
        deadline -> {
          flying.countDown();
          sink.aborted = awaitCancel(deadline);
        };
    CompletableFuture<SendResult> sending = component.channel().send();
    assertThat(flying.await(20, TimeUnit.SECONDS)).isTrue();
    return sending;
  }

  private void forget() {
    try {
      resets.forget();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void accept(Message message) {
    try {
      outbox.accept("c", List.of(message), memory -> memory);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean awaitCancel(Deadline deadline) {
    CountDownLatch cancelled = new CountDownLatch(1);
    deadline.onCancel(cancelled::countDown);
    try {
      return cancelled.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void assertNothingOld() throws IOException {
    try (Stream<Path> files = Files.walk(base)) {
      // What the owner wrote stays, and is ignored.
      Path owners = base.resolve("etc/org.candor.identity.cfg");
      for (Path file :
          files.filter(Files::isRegularFile).filter(path -> !path.equals(owners)).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(CLUSTER, NODE);
      }
    }
  }

  private ChannelLoop runner() {
    Admission admission = new Admission("c", consent, grace, fields, plugins, clock);
    DeliveryWorker worker =
        new DeliveryWorker(
            "c",
            outbox,
            journal,
            consent,
            workers,
            new ReplyReader("c", plugins, upgrades, outbox),
            clock);
    ReportMaker reports = new ReportMaker(collector, fields);
    ReportTrigger timed = new IntervalTrigger("c", identity, reports, clock);
    ReportTriggers triggers = new ReportTriggers(timed, timed, timed, timed);
    return new ChannelLoop(
        "c",
        outbox,
        admission,
        triggers,
        worker,
        new EndpointNews(),
        RetryTimer.usual(RandomGenerator.getDefault()),
        clock,
        clock);
  }

  private ChannelComponent component() {
    Map<String, String> values =
        Map.of(
            "purpose",
            "usage",
            "report",
            "health",
            "interval",
            "30d",
            "formatter",
            "naming",
            "sink",
            "told",
            "enabled",
            "true");
    ChannelConfig config =
        (ChannelConfig)
            java.lang.reflect.Proxy.newProxyInstance(
                ChannelConfig.class.getClassLoader(),
                new Class<?>[] {ChannelConfig.class},
                (proxy, method, args) -> values.get(method.getName()));
    ChannelFactory factory =
        new ChannelFactory(
            new AdmissionFactory(consent, grace, reported, plugins),
            new ReportTriggerFactory(identity, collector, crashes, outbox),
            new DeliveryWorkerFactory(outbox, journal, consent, workers, plugins, upgrades),
            new WebEventsFactory(identity, plugins, outbox, journal, workers),
            plugins,
            outbox,
            history,
            workers,
            new EndpointNews(),
            new SteadyClock());
    return new ChannelComponent(
        factory, resets, config, Map.of("service.pid", ChannelConfig.PID + "~c"));
  }

  private static final class NamingFormatter implements ReportFormatter {
    private volatile Runnable before = () -> {};

    @Override
    public FieldCatalogue fields() {
      return new FieldCatalogue(
          List.of(
              new Field(
                  "ids",
                  FieldType.TEXT,
                  "",
                  "",
                  "",
                  Sensitivity.PSEUDONYMOUS,
                  "0.1.0",
                  Set.of(FactNames.CLUSTER_ID, FactNames.NODE_ID))));
    }

    @Override
    public List<Message> format(Report report) {
      before.run();
      String ids = report.text(FactNames.CLUSTER_ID) + " " + report.text(FactNames.NODE_ID);
      return List.of(new Message("m" + System.nanoTime(), "m", "text/plain", Bytes.utf8(ids)));
    }
  }

  private interface During {
    void send(Deadline deadline);
  }

  private static final class ToldSink implements TransportSink {
    private final List<String> got = new CopyOnWriteArrayList<>();
    private volatile During during = deadline -> {};
    private volatile boolean aborted;

    @Override
    public boolean accepts(String mediaType) {
      return true;
    }

    @Override
    public SinkState state() {
      return SinkState.ready("told:/sink");
    }

    @Override
    public BatchLimit batchLimit() {
      return BatchLimit.ONE_MESSAGE;
    }

    @Override
    public Payload encode(List<Message> batch) {
      return new Payload("p-" + batch.get(0).id(), "text/plain", batch.get(0).body());
    }

    @Override
    public Receipt send(Payload payload, Deadline deadline) {
      got.add(payload.body().utf8());
      during.send(deadline);
      return deadline.isCancelled() ? Receipt.retry("aborted") : Receipt.delivered("200");
    }
  }
}
