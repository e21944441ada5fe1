package org.candor.core.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.candor.api.Bytes;
import org.candor.api.ChannelState;
import org.candor.api.Deadline;
import org.candor.api.consent.Purpose;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
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
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkName;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;
import org.candor.api.web.WebEvent;
import org.candor.api.web.WebEventAction;
import org.candor.api.web.WebEventIntake.Taken;
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
import org.candor.core.outbox.QueuedMessage;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.reporting.ReportMaker;
import org.candor.core.reporting.ReportTriggers;
import org.candor.core.settings.Etc;
import org.candor.core.upgrade.UpgradeLog;
import org.candor.core.web.DeduplicationWindow;
import org.candor.core.web.WakeUpTimer;
import org.candor.core.web.WebEventFormat;
import org.candor.core.web.WebEventReceiver;
import org.candor.core.web.WebEventTrigger;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way of what people do in a web page, from whoever takes it to the sink. */
@Timeout(30)
class WebEventReceiverTest {

  private static final ChannelSettings SETTINGS =
      new ChannelSettings(Purpose.USAGE, ReportKind.UI, Duration.ofHours(1), "plain", "list", true);

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final WordFormatter formatter = new WordFormatter();
  private final ListSink sink = new ListSink();
  private final WorkerPool workers = new WorkerPool();
  private StoreFixture store;
  private Plugins plugins;
  private Consent consent;
  private ConfiguredLayer configured;
  private Identity identity;
  private Outbox outbox;
  private ChainedJournal journal;
  private WakeUpTimer pace;
  private WebEventReceiver desk;
  private WebEventTrigger trigger;
  private ReportTriggers triggers;
  private Grace grace;
  private Admission admission;
  private DisclosureGate fields;
  private Etc etc;
  private DeliveryWorker worker;
  private ChannelLoop runner;

  @BeforeEach
  void start() throws IOException {
    etc = new Etc(Files.createDirectories(directory.resolve("etc")));
    configured = ConsentFixture.layer(etc);
    consent = ConsentFixture.consent(configured, etc);
    identity = IdentityFixture.identity(etc);
    plugins = new Plugins();
    plugins.bindFormatter(formatter, Map.of(FormatterName.PROPERTY, "plain"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "list"));
    store = new StoreFixture(directory.resolve("var"));
    open();
    admission.check(SETTINGS);
    clock.advance(Duration.ofMinutes(11));
  }

  private void open() {
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
    fields =
        new DisclosureGate(
            "ui", DisclosureFixture.announcedFields(etc, configured, () -> grace, consent, clock));
    grace = new Grace(outbox, configured);
    admission = new Admission("ui", consent, grace, fields, plugins, clock);
    ReportMaker reports =
        new ReportMaker(new Collector(workers, identity, clock, Duration.ofSeconds(5)), fields);
    pace = new WakeUpTimer(workers, clock);
    WebEventFormat format = new WebEventFormat("ui", identity, reports, clock);
    desk = new WebEventReceiver("ui", admission, plugins, format, outbox, journal, pace, clock);
    trigger = new WebEventTrigger("ui", outbox, plugins, desk, pace, clock);
    triggers = new ReportTriggers(trigger, trigger, trigger, trigger);
    ReplyReader replies =
        new ReplyReader("ui", plugins, new UpgradeLog(identity, outbox, workers, clock), outbox);
    worker = new DeliveryWorker("ui", outbox, journal, consent, workers, replies, clock);
    runner =
        new ChannelLoop(
            "ui",
            outbox,
            admission,
            triggers,
            worker,
            new EndpointNews(),
            RetryTimer.usual(new Random(1)),
            clock,
            clock);
  }

  @AfterEach
  void stop() {
    workers.close();
    close();
  }

  private void close() {
    outbox.close();
    journal.close();
  }

  @Test
  void whatWasTakenIsOnDiskAndLeavesOnce() throws IOException {
    assertThat(take(page("a"), page("b"))).isEqualTo(new Taken(2, 0, ChannelState.ACTIVE));
    assertThat(queued()).containsExactly("a", "b");
    clock.advance(WebEventTrigger.MOMENT);
    assertThat(step().queued()).isZero();
    assertThat(sink.got).containsExactly("a|b");
  }

  @Test
  void theFirstWaitsAMomentForCompanyAndManyWaitForNobody() throws IOException {
    take(page("a"));
    step();
    assertThat(sink.got).isEmpty();
    clock.advance(WebEventTrigger.MOMENT.dividedBy(2));
    take(page("b"));
    step();
    assertThat(sink.got).isEmpty();
    clock.advance(WebEventTrigger.MOMENT.dividedBy(2));
    step();
    assertThat(sink.got).containsExactly("a|b");
    List<String> lines = new ArrayList<>();
    journal.export(line -> lines.add(line.utf8()));
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains("\"messages\":{\"count\":2,\"digest\":\"");
    take(
        IntStream.range(0, WebEventTrigger.MANY)
            .mapToObj(i -> page("c" + i))
            .toArray(WebEvent[]::new));
    step();
    assertThat(sink.got).hasSize(2);
  }

  @Test
  void itLeavesWithoutBeingAskedAndAtOnceWhenAsked() throws Exception {
    Channel channel = channel();
    channel.begin();
    take(page("a"));
    clock.advance(WebEventTrigger.MOMENT);
    await(() -> sink.got.size() == 1);
    take(page("b"));
    SendResult result = channel.send().get();
    assertThat(result.deliveries()).hasSize(1);
    assertThat(sink.got).containsExactly("a", "b");
    assertThat(channel.send().get().note()).contains("Nothing waits");
    assertThat(channel.status().next()).isEmpty();
    channel.close();
  }

  @Test
  void anEventThatComesAgainIsTakenOnce() throws IOException {
    take(page("a"));
    assertThat(take(page("a"), page("b"), page("b")))
        .isEqualTo(new Taken(1, 2, ChannelState.ACTIVE));
    assertThat(queued()).containsExactly("a", "b");
  }

  @Test
  void alsoAfterARestartWhetherItWaitsOrHasLeft() throws IOException {
    take(page("left"));
    clock.advance(WebEventTrigger.MOMENT);
    step();
    take(page("waits"));
    close();
    open();
    assertThat(take(page("left"), page("waits"), page("new")))
        .isEqualTo(new Taken(1, 2, ChannelState.ACTIVE));
    assertThat(queued()).containsExactly("waits", "new");
    clock.advance(DeduplicationWindow.WHILE.plusSeconds(1));
    assertThat(take(page("newer")).taken()).isEqualTo(1);
  }

  @Test
  void idsAreRememberedForAWhileAndNotForEver() throws IOException {
    take(page("a"));
    clock.advance(DeduplicationWindow.WHILE.minusSeconds(1));
    assertThat(take(page("a")).repeated()).isEqualTo(1);
    clock.advance(DeduplicationWindow.WHILE.multipliedBy(3));
    assertThat(take(page("a")).taken()).isEqualTo(1);
  }

  @Test
  void whileTheOwnerSaysNoNothingIsTakenAndWhatWaitsIsErased() throws IOException {
    take(page("a"));
    consent.answer(Answers.of(Set.of(Purpose.USAGE), false), ConsentFixture.SHELL);
    byte[] before = Files.readAllBytes(directory.resolve("var/outbox.mv"));
    assertThat(take(page("s3cret"))).isEqualTo(new Taken(0, 0, ChannelState.OFF));
    assertThat(Files.readAllBytes(directory.resolve("var/outbox.mv"))).isEqualTo(before);
    assertThat(step().queued()).isZero();
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true), ConsentFixture.SHELL);
    clock.advance(WebEventTrigger.MOMENT);
    step();
    assertThat(sink.got).isEmpty();
  }

  @Test
  void aNoThatComesWhileItIsFormattedCounts() throws IOException {
    formatter.during = () -> answer(false);
    assertThat(take(page("a"))).isEqualTo(new Taken(0, 0, ChannelState.OFF));
    assertThat(outbox.count("ui")).isZero();
  }

  @Test
  void inTheGraceItIsKeptAndWithoutAFormatterOrASinkItIsNotTaken() throws IOException {
    clock.advance(Duration.ofMinutes(-6));
    assertThat(take(page("a"))).isEqualTo(new Taken(1, 0, ChannelState.GRACE));
    clock.advance(Duration.ofMinutes(1));
    step();
    assertThat(sink.got).isEmpty();
    plugins.unbindSink(sink);
    assertThat(take(page("b"))).isEqualTo(new Taken(0, 0, ChannelState.NO_SINK));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "list"));
    sink.takes = "other/type";
    assertThat(take(page("b"))).isEqualTo(new Taken(0, 0, ChannelState.NO_SINK));
    sink.takes = "text/plain";
    sink.configured = false;
    assertThat(take(page("b"))).isEqualTo(new Taken(0, 0, ChannelState.UNCONFIGURED));
    sink.configured = true;
    plugins.unbindFormatter(formatter);
    assertThat(take(page("b"))).isEqualTo(new Taken(0, 0, ChannelState.NO_FORMATTER));
    plugins.bindFormatter(formatter, Map.of(FormatterName.PROPERTY, "plain"));
    clock.advance(Duration.ofMinutes(9));
    step();
    assertThat(sink.got).containsExactly("a");
  }

  @Test
  void theUserLeavesAsAPseudonymAndOnlyWhatTheCatalogueNamesIsSeen() throws IOException {
    take(
        new WebEvent(
            "a", WebEventAction.LOGIN, clock.instant(), "shop", "1", "jane@x.org", "v", ""),
        new WebEvent(
            "b", WebEventAction.LOGIN, clock.instant(), "shop", "1", "jane@x.org", "v", ""));
    assertThat(formatter.seen)
        .extracting(Fact::name)
        .containsOnly(FactNames.UI_ID, FactNames.UI_USER);
    List<String> users =
        formatter.seen.stream()
            .filter(fact -> fact.name().equals(FactNames.UI_USER))
            .map(fact -> ((Value.Text) fact.value()).text())
            .toList();
    assertThat(users).hasSize(2).allMatch(user -> user.matches("[0-9a-f]{32}"));
    assertThat(users.get(0)).isEqualTo(users.get(1));
  }

  @Test
  void oneThatCannotBeFormattedDoesNotTakeTheOthersWithIt() throws IOException {
    assertThat(take(page("a"), page("bad"), page("c")).taken()).isEqualTo(2);
    assertThat(queued()).containsExactly("a", "c");
    assertThat(outbox.memory("ui").lost()).containsEntry("unformattable", 1L);
  }

  @Test
  void whileNobodyKnowsWhatTheOwnerWasToldNothingIsTakenAndNothingIsLost() throws IOException {
    Path told = etc.beside("org.candor.announced");
    byte[] before = Files.readAllBytes(told);
    Files.delete(told);
    Files.createDirectory(told);
    close();
    open();
    assertThatThrownBy(() -> take(page("a"), page("b")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("etc/org.candor.announced cannot be read");
    assertThat(outbox.memory("ui").lost()).isEmpty();
    Files.delete(told);
    Files.write(told, before);
    assertThat(take(page("a"), page("b"))).isEqualTo(new Taken(2, 0, ChannelState.ACTIVE));
    assertThat(queued()).containsExactly("a", "b");
  }

  @Test
  void whenItCannotBeKeptItCanBeOfferedAgain() throws IOException {
    outbox.close();
    assertThatThrownBy(() -> take(page("a"))).isInstanceOf(IOException.class);
    open();
    assertThat(take(page("a")).taken()).isEqualTo(1);
  }

  @Test
  void manyThreadsLoseNothingAndTakeNothingTwice() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Taken>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      WebEvent[] events = {page("own" + i), page("shared" + i / 4)};
      all.add(threads.submit(() -> take(events)));
    }
    int taken = 0;
    for (Future<Taken> one : all) {
      taken += one.get().taken();
    }
    threads.shutdown();
    assertThat(taken).isEqualTo(250);
    assertThat(queued()).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void whatWaitsIsNotDroppedForWhatComesWhileTheEndpointTakesIt() throws Exception {
    store.maxCount("200");
    for (int i = 0; i < 60; i++) {
      take(page("a" + i));
    }
    desk.workerComes();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    WebEvent[] more = IntStream.range(0, 50).mapToObj(i -> page("b" + i)).toArray(WebEvent[]::new);
    Future<Taken> late = thread.submit(() -> take(more));
    clock.advance(WebEventTrigger.MOMENT);
    step();
    assertThat(late.get().taken()).isEqualTo(50);
    thread.shutdown();
    assertThat(outbox.memory("ui").lost()).isEmpty();
  }

  @Test
  void whenTheEndpointTakesNothingTheOldestGoes() throws IOException {
    store.maxCount("200");
    for (int i = 0; i < 120; i++) {
      take(page("a" + i));
    }
    assertThat(queued()).hasSize(100).endsWith("a119");
  }

  @Test
  void thePreviewIsTheNextPayload() throws IOException {
    sink.limit = new BatchLimit(2, 1000);
    Channel channel = channel();
    assertThat(channel.preview().note()).contains("Nothing waits");
    take(page("a"), page("b"), page("c"));
    assertThat(channel.preview().payloads())
        .extracting(payload -> payload.body().utf8())
        .containsExactly("a|b");
  }

  private Channel channel() {
    Channel channel =
        new Channel(
            "ui",
            Optional.of(SETTINGS),
            workers,
            admission,
            fields,
            plugins,
            triggers,
            worker,
            runner,
            new HistoryLog(store.store(), workers, clock),
            clock);
    pace.onTime(channel::begin);
    return channel;
  }

  private static void await(BooleanSupplier state) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!state.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private void answer(boolean allowed) {
    try {
      consent.answer(Answers.of(Set.of(Purpose.USAGE), allowed), ConsentFixture.SHELL);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Taken take(WebEvent... events) throws IOException {
    return desk.take(SETTINGS, List.of(events));
  }

  private ChannelProgress step() {
    return runner.step(SETTINGS, false);
  }

  private List<String> queued() throws IOException {
    return outbox.all("ui").stream()
        .map(QueuedMessage::message)
        .map(message -> message.body().utf8())
        .toList();
  }

  private WebEvent page(String id) {
    return new WebEvent(id, WebEventAction.PAGE, clock.instant(), "shop", "1", "", "v", "/a");
  }

  /** A message for each event, which says the event's id. */
  private static final class WordFormatter implements ReportFormatter {

    private List<Fact> seen = List.of();
    private Runnable during = () -> {};

    @Override
    public FieldCatalogue fields() {
      return new FieldCatalogue(
          List.of(
              new Field(
                  "word",
                  FieldType.TEXT,
                  "",
                  "",
                  "",
                  Sensitivity.TECHNICAL,
                  "0.1.0",
                  Set.of(FactNames.UI_ID, FactNames.UI_USER))));
    }

    @Override
    public List<Message> format(Report report) {
      during.run();
      seen = report.facts();
      return report.all(FactNames.UI_ID).stream()
          .map(fact -> ((Value.Text) fact.value()).text())
          .map(WordFormatter::message)
          .toList();
    }

    private static Message message(String word) {
      if (word.equals("bad")) {
        throw new IllegalStateException("no");
      }
      String id =
          java.util.UUID.nameUUIDFromBytes(word.getBytes(StandardCharsets.UTF_8)).toString();
      return new Message(id, "m", "text/plain", Bytes.utf8(word));
    }
  }

  private static final class ListSink implements TransportSink {

    private final List<String> got = java.util.Collections.synchronizedList(new ArrayList<>());
    private BatchLimit limit = new BatchLimit(2_500, 100_000);
    private String takes = "text/plain";
    private boolean configured = true;

    @Override
    public boolean accepts(String mediaType) {
      return mediaType.equals(takes);
    }

    @Override
    public SinkState state() {
      return configured ? SinkState.ready("list:/") : SinkState.unconfigured("list:/", "Set it.");
    }

    @Override
    public BatchLimit batchLimit() {
      return limit;
    }

    @Override
    public Payload encode(List<Message> batch) {
      String body = String.join("|", batch.stream().map(m -> m.body().utf8()).toList());
      return new Payload("p" + body.hashCode(), "text/plain", Bytes.utf8(body));
    }

    @Override
    public Receipt send(Payload payload, Deadline deadline) {
      got.add(payload.body().utf8());
      return Receipt.delivered("200");
    }
  }
}
