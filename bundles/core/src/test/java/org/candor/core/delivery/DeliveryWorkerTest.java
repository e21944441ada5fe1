package org.candor.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.ChannelState;
import org.candor.api.Deadline;
import org.candor.api.consent.Purpose;
import org.candor.api.report.Message;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;
import org.candor.control.Answers;
import org.candor.control.Delivery;
import org.candor.control.JournalEntry;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.admission.Admission;
import org.candor.core.admission.AdmissionDecision;
import org.candor.core.admission.DisclosureGate;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.consent.Consent;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.consent.Grace;
import org.candor.core.delivery.DeliveryWorker.Tried;
import org.candor.core.disclosure.DisclosureFixture;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.journal.JournalRecord;
import org.candor.core.outbox.Attempt;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.Pause;
import org.candor.core.outbox.QueuedMessage;
import org.candor.core.outbox.ReplyProblem;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.settings.Etc;
import org.candor.core.upgrade.UpgradeLog;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One attempt, without the loop around it. */
@Timeout(60)
class DeliveryWorkerTest {

  private static final ChannelSettings SETTINGS =
      new ChannelSettings(
          Purpose.USAGE, ReportKind.HEALTH, Duration.ofDays(30), "plain", "told", true);

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final WorkerPool workers = new WorkerPool();
  private final ToldSink sink = new ToldSink();
  private final AtomicInteger onQueued = new AtomicInteger();
  private ChainedJournal journal;
  private Outbox outbox;
  private Consent consent;
  private ReplyReader replies;
  private Admission admission;
  private DeliveryWorker worker;

  @BeforeEach
  void open() throws IOException {
    Etc etc = new Etc(Files.createDirectories(directory.resolve("etc")));
    ConfiguredLayer configured = ConsentFixture.layer(etc);
    consent = ConsentFixture.consent(configured, etc);
    StoreFixture store = new StoreFixture(directory.resolve("var"));
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
    Grace grace = new Grace(outbox, configured);
    DisclosureGate fields =
        new DisclosureGate(
            "c", DisclosureFixture.announcedFields(etc, configured, () -> grace, consent, clock));
    Plugins plugins = new Plugins();
    admission = new Admission("c", consent, grace, fields, plugins, clock);
    UpgradeLog upgrades = new UpgradeLog(IdentityFixture.identity(etc), outbox, workers, clock);
    replies = new ReplyReader("c", plugins, upgrades, outbox);
    worker =
        new DeliveryWorkerFactory(outbox, journal, consent, workers, plugins, upgrades)
            .worker("c", clock);
  }

  @AfterEach
  void close() {
    workers.close();
    outbox.close();
    journal.close();
  }

  @Test
  void whatIsDeliveredIsSaidJournaledAndGone() throws IOException {
    accept("one");
    Tried tried = deliver();
    assertThat(tried.denied()).isFalse();
    assertThat(tried.delivery())
        .contains(new Delivery("p-one", clock.instant(), 11, Outcome.DELIVERED, "200"));
    assertThat(tried.queue().queued()).isZero();
    assertThat(tried.queue().memory().lastDelivery()).contains(clock.instant());
    assertThat(tried.queue().memory().lost()).isEmpty();
    JournalEntry entry = journal.entries(9).get(0);
    assertThat(entry.channel()).isEqualTo("c");
    assertThat(entry.purpose()).isEqualTo(Purpose.USAGE);
    assertThat(entry.allowedBy()).isEqualTo("default");
    assertThat(entry.digest()).isEqualTo(Bytes.utf8("body of one").sha256());
    assertThat(entry.endpoint()).isEqualTo("told:/sink");
    assertThat(journal.payload("p-one")).contains(Bytes.utf8("body of one"));
    assertThat(journal.settledMessages()).containsExactly("one");
  }

  @Test
  void whereNothingWaitsNothingIsTried() throws IOException {
    OutboxView empty = view();
    Tried tried = deliver(empty);
    assertThat(tried.delivery()).isEmpty();
    assertThat(tried.denied()).isFalse();
    assertThat(tried.queue()).isSameAs(empty);
    accept("one");
    OutboxView before = view();
    worker.withdraw(SETTINGS);
    assertThat(deliver(before).queue().queued()).as("looked at anew").isZero();
    assertThat(sink.got).isEmpty();
  }

  @Test
  void whereNothingWaitsTheDiskIsNotAsked() throws IOException {
    OutboxView empty = view();
    Outbox.Use before = outbox.use();
    deliver(empty);
    assertThat(outbox.use()).isEqualTo(before);
  }

  @Test
  void whatTheOwnerDeniesIsNotEvenNoted() throws IOException {
    accept("one");
    answer(false);
    OutboxView before = view();
    Tried tried = deliver(before);
    assertThat(tried.denied()).isTrue();
    assertThat(tried.delivery()).isEmpty();
    assertThat(tried.queue()).isSameAs(before);
    assertThat(sink.got).isEmpty();
    assertThat(outbox.unended("c")).isEmpty();
    assertThat(journal.entries(9)).isEmpty();
  }

  @Test
  void whatIsStoppedLetsNothingGoUntilItIsResumed() throws IOException {
    accept("one");
    worker.abort(AbortReason.CLOSING);
    assertThat(worker.isStopped()).isTrue();
    Tried tried = deliver();
    assertThat(tried.denied()).isFalse();
    assertThat(tried.delivery()).isEmpty();
    assertThat(sink.got).isEmpty();
    assertThat(outbox.unended("c")).as("not noted").isEmpty();
    assertThat(worker.resume()).as("not by the owner").isFalse();
    assertThat(worker.isStopped()).isFalse();
    assertThat(deliver().delivery()).isPresent();
  }

  @Test
  void theOwnersWordOutweighsWhateverElseStops() {
    worker.abort(AbortReason.OWNER);
    worker.abort(AbortReason.CLOSING);
    assertThat(worker.resume()).isTrue();
    worker.abort(AbortReason.SINK_GONE);
    worker.abort(AbortReason.OWNER);
    assertThat(worker.resume()).isTrue();
    assertThat(worker.resume()).isFalse();
  }

  @Test
  void aSinkThatSendsElsewhereByNowGetsNothing() throws IOException {
    accept("one");
    sink.state = SinkState.ready("told:/sink", "told:/sink, with another key");
    Tried tried = deliver();
    assertThat(tried.delivery()).isEmpty();
    assertThat(tried.denied()).isFalse();
    assertThat(tried.queue().queued()).isEqualTo(1);
    assertThat(outbox.unended("c")).as("let go").isEmpty();
    assertThat(sink.got).isEmpty();
  }

  @Test
  void anAbortWhileTheSinkIsAskedStillCounts() throws IOException {
    accept("one");
    sink.whenAsked = () -> worker.abort(AbortReason.OWNER);
    assertThat(deliver().delivery()).isEmpty();
    assertThat(sink.got).isEmpty();
    assertThat(outbox.unended("c")).isEmpty();
  }

  @Test
  void anAbortInTheMiddleIsJournaledWithItsReason() throws IOException {
    accept("one");
    sink.during = deadline -> worker.abort(AbortReason.SINK_GONE);
    sink.answers.add(Receipt.retry("closed"));
    assertThat(deliver().delivery().map(Delivery::outcome)).contains(Outcome.INTERRUPTED);
    assertThat(journal.entries(1).get(0).answer()).startsWith("The sink was removed");
    worker.resume();
    sink.during = deadline -> worker.abort(AbortReason.OWNER);
    assertThat(deliver().delivery().map(Delivery::outcome))
        .as("it got through before the abort")
        .contains(Outcome.DELIVERED);
  }

  @Test
  void whoeverClosesItAbortsWhatIsInTheAir() throws IOException {
    accept("one");
    sink.during =
        deadline -> {
          worker.close();
          assertThat(deadline.isCancelled()).isTrue();
        };
    sink.answers.add(Receipt.retry("closed"));
    assertThat(deliver().delivery().map(Delivery::outcome)).contains(Outcome.INTERRUPTED);
    assertThat(worker.isStopped()).isTrue();
    worker.close();
  }

  @Test
  void whoeverClosesItWaitsUntilItsEndIsOnDisk() throws Exception {
    accept("one");
    worker = worker(Duration.ofMinutes(1), Duration.ofMinutes(10));
    CompletableFuture<List<Outcome>> found = new CompletableFuture<>();
    Thread closer = new Thread(() -> found.complete(outcomesAfterClose()));
    closer.setDaemon(true);
    sink.during =
        deadline -> {
          closer.start();
          awaitCancellation(deadline);
          while (closer.getState() != Thread.State.TIMED_WAITING
              && closer.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
          }
        };
    sink.answers.add(Receipt.retry("closed"));
    deliver();
    assertThat(found.get(10, TimeUnit.SECONDS)).containsExactly(Outcome.INTERRUPTED);
  }

  private List<Outcome> outcomesAfterClose() {
    worker.close();
    return journal.entries(9).stream().map(JournalEntry::outcome).toList();
  }

  @Test
  void aSinkThatDoesNotKeepToItsDeadlineIsAborted() throws IOException {
    accept("one");
    worker = worker(Duration.ofMillis(1), Duration.ZERO);
    sink.during = DeliveryWorkerTest::awaitCancellation;
    sink.answers.add(Receipt.retry("closed"));
    assertThat(deliver().delivery())
        .hasValueSatisfying(
            delivery -> {
              assertThat(delivery.outcome()).isEqualTo(Outcome.RETRY);
              assertThat(delivery.answer()).isEqualTo("There was no answer in time.");
            });
  }

  private static void awaitCancellation(Deadline deadline) {
    CountDownLatch cancelled = new CountDownLatch(1);
    deadline.onCancel(cancelled::countDown);
    try {
      assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onlyTheAnswerToADeliveryIsRead() throws IOException {
    accept("one");
    sink.answers.add(Receipt.retry("503").advising("Check the zone."));
    assertThat(deliver().queue().memory().replyProblem()).isEmpty();
    sink.answers.add(Receipt.delivered("200").advising("Check the zone."));
    assertThat(deliver().queue().memory().replyProblem())
        .contains(new ReplyProblem("told:/sink", "Check the zone."));
  }

  @Test
  void whatASinkThrowsOrLeavesOutIsARetry() throws IOException {
    accept("one");
    sink.during =
        deadline -> {
          throw new IOException("reset");
        };
    assertThat(deliver().delivery().map(Delivery::answer)).contains("reset");
    sink.during =
        deadline -> {
          throw new IllegalStateException("no");
        };
    assertThat(deliver().delivery().map(Delivery::answer))
        .contains("The sink failed: java.lang.IllegalStateException: no");
    sink.during = deadline -> sink.isMute = true;
    Tried tried = deliver();
    assertThat(tried.delivery().map(Delivery::answer))
        .hasValueSatisfying(answer -> assertThat(answer).contains("no receipt"));
    assertThat(tried.queue().queued()).isEqualTo(1);
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.RETRY, Outcome.RETRY, Outcome.RETRY);
  }

  @Test
  void aReportThatIsNewIsNotedAndSentAtOnce() throws IOException {
    Tried tried = deliverNew("one", "two").orElseThrow();
    assertThat(tried.delivery().map(Delivery::id)).contains("p-one");
    assertThat(tried.queue().queued()).isZero();
    assertThat(onQueued).hasValue(1);
    assertThat(tried.queue().memory().lastReport()).contains(clock.instant());
    assertThat(sink.got)
        .extracting(payload -> payload.body().utf8())
        .containsExactly("body of one|body of two");
    assertThat(journal.settledMessages()).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void aReportThatNoPayloadCanBeMadeOfIsNotQueued() throws IOException {
    sink.stumblesOver = "one";
    assertThat(deliverNew("one")).isEmpty();
    assertThat(onQueued).hasValue(0);
    assertThat(outbox.count("c")).isZero();
  }

  @Test
  void afterAllWasForgottenAWorkerOfBeforeLeavesNoTrace() throws IOException {
    accept("one");
    OutboxView before = view();
    outbox.erasing(() -> {});
    assertThat(worker.generation()).isNotEqualTo(outbox.generation());
    assertThat(worker(Duration.ofMinutes(1), Duration.ZERO).generation())
        .isEqualTo(outbox.generation());
    assertThat(deliver(before).delivery()).isEmpty();
    assertThat(deliverNew("two").orElseThrow().delivery()).isEmpty();
    worker.withdraw(SETTINGS);
    worker.recover();
    assertThat(sink.got).isEmpty();
    assertThat(outbox.count("c")).isEqualTo(1);
    assertThat(journal.entries(9)).isEmpty();
  }

  @Test
  void whatIsForgottenWhileItIsSentIsNotJournaled() throws IOException {
    accept("one");
    sink.during = deadline -> outbox.erasing(() -> {});
    sink.answers.add(Receipt.delivered("200").advising("Check the zone."));
    deliver();
    assertThat(sink.got).hasSize(1);
    assertThat(journal.entries(9)).isEmpty();
    assertThat(view().memory().replyProblem()).isEmpty();
  }

  @Test
  void aNoErasesTheQueueAndTheJournalSaysWhat() throws IOException {
    worker.withdraw(SETTINGS);
    assertThat(journal.entries(9)).as("nothing to erase").isEmpty();
    accept("one", "two");
    note("one");
    answer(false);
    worker.withdraw(SETTINGS);
    JournalEntry entry = journal.entries(9).get(0);
    assertThat(entry.id()).isEqualTo("one");
    assertThat(entry.outcome()).isEqualTo(Outcome.WITHDRAWN);
    assertThat(entry.allowedBy()).isEqualTo("answers");
    assertThat(entry.bytes()).isZero();
    assertThat(entry.answer()).isEqualTo("2 queued messages were erased after the owner's denial.");
    assertThat(journal.settledMessages()).containsExactlyInAnyOrder("one", "two");
    assertThat(view().queued()).isZero();
    assertThat(view().memory().lost()).containsExactly(Map.entry("withdrawn", 2L));
    assertThat(outbox.unended("c")).isEmpty();
  }

  @Test
  void anAttemptThatACrashLeftWithoutItsEndIsInterrupted() throws IOException {
    accept("one");
    note("one");
    worker.recover();
    JournalEntry entry = journal.entries(9).get(0);
    assertThat(entry.outcome()).isEqualTo(Outcome.INTERRUPTED);
    assertThat(entry.answer()).isEqualTo("The process ended before the answer.");
    assertThat(outbox.unended("c")).isEmpty();
    assertThat(outbox.count("c")).isEqualTo(1);
    worker.recover();
    assertThat(journal.entries(9)).as("once").hasSize(1);
  }

  @Test
  void anAttemptThatTheJournalHasIsEndedAsItSays() throws IOException {
    accept("one");
    JournalRecord noted = note("one");
    journal.append(noted.ended(Outcome.DELIVERED, "200"), Optional.empty());
    worker.recover();
    assertThat(outbox.count("c")).isZero();
    assertThat(outbox.unended("c")).isEmpty();
    assertThat(view().memory().lastOutcome()).contains(Outcome.DELIVERED);
    assertThat(journal.entries(9)).hasSize(1);
  }

  @Test
  void anEarlierAttemptUnderTheSameIdIsNoEndOfThisOne() throws IOException {
    accept("one");
    JournalRecord noted = note("one");
    clock.advance(Duration.ofMinutes(-1));
    journal.append(record("one").ended(Outcome.DELIVERED, "200"), Optional.empty());
    worker.recover();
    assertThat(outbox.count("c")).as("it was another").isEqualTo(1);
    assertThat(journal.newest(noted.id()).map(JournalRecord::outcome))
        .contains(Outcome.INTERRUPTED);
  }

  @Test
  void aWishIsKeptWithinADayAndOneThatIsNegativeIsNone() throws IOException {
    accept("one");
    Instant day = clock.instant().plus(EndpointHold.LONGEST);
    assertThat(pauseAfter(Receipt.retry("429").pausing(Duration.ofDays(2)))).contains(day);
    assertThat(pauseAfter(Receipt.retry("429").pausing(Duration.ofDays(1)))).contains(day);
    assertThat(pauseAfter(Receipt.retry("429").pausing(Duration.ofHours(1))))
        .contains(clock.instant().plus(Duration.ofHours(1)));
    assertThat(pauseAfter(Receipt.retry("429").pausing(Duration.ZERO))).contains(clock.instant());
    assertThat(pauseAfter(Receipt.retry("429").pausing(Duration.ofSeconds(-1)))).isEmpty();
  }

  @Test
  void limitsAreKeptByCategoryOfTheEndpoint() throws IOException {
    accept("one");
    sink.answers.add(
        Receipt.retry("429")
            .limiting(Map.of("a", Duration.ofDays(3), "b", Duration.ofSeconds(-1))));
    OutboxView queue = deliver().queue();
    assertThat(queue.limits().end("told:/sink", "a"))
        .contains(clock.instant().plus(EndpointHold.LONGEST));
    assertThat(queue.limits().end("told:/sink", "b")).isEmpty();
  }

  @Test
  void ofManyThatAreRefusedTogetherEachGoesAlone() throws IOException {
    sink.limit = new BatchLimit(10, 10_000);
    accept("one", "two");
    sink.answers.add(Receipt.refused("400"));
    Tried together = deliver();
    assertThat(together.queue().queued()).as("kept").isEqualTo(2);
    assertThat(together.queue().memory().lost()).isEmpty();
    sink.answers.add(Receipt.refused("400"));
    Tried alone = deliver();
    assertThat(alone.queue().queued()).isEqualTo(1);
    assertThat(alone.queue().memory().lost()).containsExactly(Map.entry("refused", 1L));
    accept("three", "four");
    deliver();
    deliver();
    assertThat(sink.got)
        .extracting(payload -> payload.body().utf8())
        .containsExactly(
            "body of one|body of two", "body of one", "body of two", "body of three|body of four");
  }

  @Test
  void oneThatMakesTheSinkStumbleAloneIsKept() throws IOException {
    sink.stumblesOver = "one";
    accept("one");
    assertThatThrownBy(this::deliver)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("The sink told cannot make a payload of what is queued: ");
    assertThat(outbox.count("c")).isEqualTo(1);
    accept("two");
    Tried tried = deliver();
    assertThat(sink.got).extracting(Payload::id).containsExactly("p-two");
    assertThat(tried.queue().memory().lost()).containsExactly(Map.entry("unencodable", 1L));
  }

  @Test
  void whatTheJournalCouldNotTakeIsPutThereLater() throws IOException {
    accept("one");
    Path mark = directory.resolve("var").resolve(ChainedJournal.FILE);
    sink.during =
        deadline -> {
          journal.erasing(() -> Files.deleteIfExists(mark));
          Files.createDirectory(mark);
        };
    assertThatThrownBy(this::deliver).isInstanceOf(IOException.class);
    assertThat(outbox.unended("c")).as("until the journal has it").isPresent();
    sink.during = deadline -> {};
    Files.delete(mark);
    worker.settle();
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.DELIVERED);
    assertThat(outbox.unended("c")).isEmpty();
    assertThat(outbox.count("c")).isZero();
    worker.settle();
    assertThat(journal.entries(9)).as("once").hasSize(1);
  }

  @Test
  void ofManyThatMakeTheSinkStumbleTogetherEachGoesAlone() throws IOException {
    sink.limit = new BatchLimit(10, 10_000);
    sink.stumblesOver = "two";
    accept("one", "two", "three");
    deliver();
    deliver();
    accept("four");
    deliver();
    assertThat(sink.got)
        .extracting(payload -> payload.body().utf8())
        .containsExactly("body of one", "body of three", "body of four");
    assertThat(view().memory().lost()).containsExactly(Map.entry("unencodable", 1L));
  }

  @Test
  void whereTheSinkStumblesOverAllNoneIsToBlame() throws IOException {
    sink.stumblesOver = "body";
    accept("one", "two");
    assertThatThrownBy(this::deliver).isInstanceOf(IOException.class);
    assertThat(outbox.count("c")).isEqualTo(2);
    assertThat(view().memory().lost()).isEmpty();
  }

  @Test
  void whatTheOutboxCouldNotLetGoIsJournaledOnce() throws IOException {
    accept("one");
    Path file = directory.resolve("var").resolve(Outbox.FILE);
    Path saved = directory.resolve("saved");
    sink.during =
        deadline -> {
          letGoOfTheOutboxFile();
          Files.move(file, saved);
          Files.createDirectory(file);
        };
    assertThatThrownBy(this::deliver).isInstanceOf(IOException.class);
    Files.delete(file);
    Files.move(saved, file);
    assertThat(outbox.unended("c")).isPresent();
    worker.settle();
    assertThat(outbox.unended("c")).isEmpty();
    assertThat(outbox.count("c")).isZero();
    assertThat(journal.entries(9))
        .extracting(JournalEntry::outcome)
        .containsExactly(Outcome.DELIVERED);
  }

  /** It does so after every failure. */
  private void letGoOfTheOutboxFile() {
    assertThatThrownBy(
            () ->
                outbox.remember(
                    "c",
                    memory -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IOException.class);
  }

  private DeliveryWorker worker(Duration timeout, Duration closeTimeout) {
    return new DeliveryWorker(
        "c", outbox, journal, consent, workers, replies, clock, timeout, closeTimeout);
  }

  private Optional<Instant> pauseAfter(Receipt receipt) throws IOException {
    sink.answers.add(receipt);
    return deliver().queue().memory().pause().map(Pause::until);
  }

  private Tried deliver() throws IOException {
    return deliver(view());
  }

  private Tried deliver(OutboxView queue) throws IOException {
    return worker.deliver(sink, decision(), SETTINGS, admission, queue);
  }

  private Optional<Tried> deliverNew(String... ids) throws IOException {
    return worker.deliverNew(
        sink,
        decision(),
        SETTINGS,
        admission,
        messages(ids),
        memory -> memory.reported(clock.instant()),
        onQueued::incrementAndGet,
        view());
  }

  private AdmissionDecision decision() {
    return new AdmissionDecision(
        ChannelState.ACTIVE,
        "default",
        "told:/sink",
        "told:/sink",
        Optional.empty(),
        Optional.of(sink),
        Optional.empty(),
        "");
  }

  private OutboxView view() throws IOException {
    return outbox.view("c", (ChannelMemory memory) -> memory);
  }

  private void accept(String... ids) throws IOException {
    outbox.accept("c", messages(ids), memory -> memory);
  }

  /** As a crash leaves it. */
  private JournalRecord note(String id) throws IOException {
    JournalRecord record = record(id);
    outbox.begin(
        new Attempt(
            record,
            outbox.all("c").stream()
                .filter(queued -> queued.message().id().equals(id))
                .map(QueuedMessage::number)
                .toList()));
    return record;
  }

  private JournalRecord record(String id) {
    return new JournalRecord(
        "p-" + id,
        clock.instant(),
        "c",
        Purpose.USAGE,
        "default",
        1,
        "",
        "told:/sink",
        Outcome.INTERRUPTED,
        "",
        List.of(id));
  }

  private void answer(boolean allowed) throws IOException {
    consent.answer(Answers.of(Set.of(Purpose.USAGE), allowed), ConsentFixture.SHELL);
  }

  private static List<Message> messages(String... ids) {
    return Stream.of(ids)
        .map(id -> new Message(id, id, "text/plain", Bytes.utf8("body of " + id)))
        .toList();
  }

  /** What happens while a payload is on its way. */
  @FunctionalInterface
  private interface During {
    void send(Deadline deadline) throws IOException;
  }

  private static final class ToldSink implements TransportSink {
    private final List<Payload> got = new ArrayList<>();
    private final List<Receipt> answers = new ArrayList<>();
    private SinkState state = SinkState.ready("told:/sink");
    private BatchLimit limit = BatchLimit.ONE_MESSAGE;
    private String stumblesOver = "\n";
    private Runnable whenAsked = () -> {};
    private During during = deadline -> {};
    private boolean isMute;

    @Override
    public boolean accepts(String mediaType) {
      return true;
    }

    @Override
    public SinkState state() {
      whenAsked.run();
      return state;
    }

    @Override
    public BatchLimit batchLimit() {
      return limit;
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
    public Receipt send(Payload payload, Deadline deadline) throws IOException {
      got.add(payload);
      during.send(deadline);
      if (isMute) {
        return null;
      }
      return answers.isEmpty() ? Receipt.delivered("200") : answers.remove(0);
    }
  }
}
