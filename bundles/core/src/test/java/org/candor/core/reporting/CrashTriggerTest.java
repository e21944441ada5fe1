package org.candor.core.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashFacts;
import org.candor.api.fact.FactNames;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Gap;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.candor.api.report.Sensitivity;
import org.candor.api.sink.Outcome;
import org.candor.api.source.FailureReason;
import org.candor.api.source.HealthSource;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceName;
import org.candor.control.Answers;
import org.candor.control.CrashOutcome;
import org.candor.control.CrashSummary;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.admission.DisclosureGate;
import org.candor.core.collect.Collector;
import org.candor.core.consent.Consent;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.crash.CrashFixture;
import org.candor.core.crash.CrashList;
import org.candor.core.crash.CrashLog;
import org.candor.core.disclosure.AnnouncedFields;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.journal.JournalRecord;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.OutboxView;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.settings.Etc;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CrashTriggerTest {

  private static final ChannelSettings SETTINGS =
      new ChannelSettings(
          Purpose.ERRORS, ReportKind.CRASH, Duration.ofHours(1), "plain", "told", true);

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final WorkerPool workers = new WorkerPool();
  private final Plain formatter = new Plain();
  private StoreFixture store;
  private Consent consent;
  private Collector collector;
  private CrashLog crashes;
  private Outbox outbox;
  private ChainedJournal journal;
  private DisclosureGate fields;
  private CrashTrigger trigger;

  @BeforeEach
  void start() throws IOException {
    Etc etc = new Etc(Files.createDirectories(directory.resolve("etc")));
    store = new StoreFixture(directory.resolve("var"));
    consent = ConsentFixture.consent(ConsentFixture.layer(etc), etc);
    fields =
        new DisclosureGate(
            "c",
            new AnnouncedFields(
                etc, () -> Duration.ofMinutes(10), now -> now, consent::onGrant, clock));
    collector =
        new Collector(workers, IdentityFixture.identity(etc), clock, Duration.ofSeconds(20));
    crashes = new CrashLog(store.store(), consent, workers, IdentityFixture.machine(), clock);
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
    trigger = new CrashTrigger("c", crashes, outbox, new ReportMaker(collector, fields), clock);
    outbox.memory("c");
    clock.advance(Duration.ofSeconds(1));
  }

  @AfterEach
  void stop() {
    workers.close();
    crashes.close();
    outbox.close();
    journal.close();
  }

  @Test
  void aCrashIsDueAtOnceAndOnce() throws IOException {
    assertThat(trigger.due(SETTINGS, clock.instant(), queue())).isEmpty();
    Crash crash = CrashFixture.segv("a");
    crashes.take(crash);
    assertThat(trigger.due(SETTINGS, clock.instant(), queue())).contains(clock.instant());
    report();
    assertThat(outbox.all("c"))
        .extracting(queued -> queued.message().id())
        .containsExactly(crash.id());
    assertThat(trigger.due(SETTINGS, clock.instant(), queue())).isEmpty();
    report();
    assertThat(outbox.count("c")).isEqualTo(1);
    assertThat(outcomes()).containsExactly(CrashOutcome.QUEUED);
  }

  @Test
  void afterAnEarlierOutboxWasPutBackNoCrashGoesOutTwiceUnderOneId() throws IOException {
    byte[] earlier = reopened();
    Crash waits = CrashFixture.segv("waits");
    Crash delivered = CrashFixture.segv("delivered");
    Crash tried = CrashFixture.segv("tried");
    crashes.take(delivered);
    crashes.take(tried);
    report();
    attempt(delivered.id(), Outcome.DELIVERED);
    attempt(tried.id(), Outcome.INTERRUPTED);
    reopened();
    Files.write(directory.resolve("var/outbox.mv"), earlier);
    crashes.take(waits);
    report();
    assertThat(outbox.all("c"))
        .extracting(queued -> queued.message().id())
        .as("what was tried may have other bytes by now")
        .containsExactly(Crash.idFrom(tried.id()), waits.id());
  }

  private byte[] reopened() throws IOException {
    outbox.close();
    byte[] file = Files.readAllBytes(directory.resolve("var/outbox.mv"));
    outbox = new Outbox(store.store(), journal, clock);
    trigger = new CrashTrigger("c", crashes, outbox, new ReportMaker(collector, fields), clock);
    return file;
  }

  private void attempt(String message, Outcome outcome) throws IOException {
    journal.append(
        new JournalRecord(
            message,
            clock.instant(),
            "c",
            Purpose.ERRORS,
            "default",
            1,
            "digest",
            "endpoint",
            outcome,
            "",
            List.of(message)),
        Optional.empty());
  }

  @Test
  void aChannelThatIsNewReportsNothingOld() throws IOException {
    crashes.take(CrashFixture.segv("a"));
    clock.advance(Duration.ofSeconds(1));
    CrashTrigger later =
        new CrashTrigger("later", crashes, outbox, new ReportMaker(collector, fields), clock);
    assertThat(later.due(SETTINGS, clock.instant(), queue("later"))).isEmpty();
  }

  @Test
  void theFormatterGetsTheCrashAndWhatTheCatalogueNames() throws IOException {
    collector.bindSource(
        deadline -> Observation.builder().text(FactNames.OS_NAME, "Linux").text("x", "y").build(),
        Map.of(SourceName.PROPERTY, "host"));
    // Asked before, so that how long a source takes for the first time does not matter.
    collector.snapshot();
    crashes.take(CrashFixture.segv("a"));
    report();
    Report seen = formatter.seen.get(0);
    assertThat(seen.kind()).isEqualTo(ReportKind.CRASH);
    assertThat(seen.text(FactNames.OS_NAME)).isEqualTo("Linux");
    assertThat(seen.all("x")).isEmpty();
    assertThat(CrashFacts.failures(seen).get(0).frames().get(0).method()).isEqualTo("open");
  }

  @Test
  void aSourceThatHangsDelaysNoCrash() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    HealthSource hanging =
        deadline -> {
          never.await();
          return Observation.builder().build();
        };
    collector.bindSource(hanging, Map.of(SourceName.PROPERTY, "hanging"));
    crashes.take(CrashFixture.segv("a"));
    long begin = System.nanoTime();
    report();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(formatter.seen.get(0).gaps())
        .containsExactly(new Gap("hanging", FailureReason.TIMEOUT));
    collector.unbindSource(hanging);
    never.countDown();
  }

  @Test
  void aCrashThatCannotBePutIntoWordsHoldsUpNoOther() throws IOException {
    crashes.take(CrashFixture.exit("bad", "unspeakable", 3));
    crashes.take(CrashFixture.exit("good", "other", 3));
    formatter.stumblesOver = "unspeakable";
    report();
    assertThat(outbox.count("c")).isEqualTo(1);
    assertThat(outbox.memory("c").lost()).containsEntry("unformattable", 1L);
  }

  @Test
  void whileNobodyKnowsWhatTheOwnerWasToldACrashWaits() throws IOException {
    crashes.take(CrashFixture.segv("a"));
    Path told = directory.resolve("etc/org.candor.announced");
    Files.createDirectory(told);
    assertThatThrownBy(this::report).hasMessageContaining("org.candor.announced cannot be read");
    Files.delete(told);
    report();
    assertThat(outbox.count("c")).isEqualTo(1);
    assertThat(outbox.memory("c").lost()).isEmpty();
  }

  @Test
  void whatTheOwnerDeniesWhileItIsMadeIsNotQueued() throws IOException {
    crashes.take(CrashFixture.segv("a"));
    assertThat(trigger.report(SETTINGS, formatter, queue())).isPresent();
    assertThat(outbox.count("c")).isZero();
    trigger.clear();
    report();
    assertThat(outbox.count("c")).isZero();
  }

  @Test
  void aForbiddenCrashIsOnTheListAndInNoQueue() throws IOException {
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), false), ConsentFixture.SHELL);
    crashes.take(CrashFixture.segv("a"));
    assertThat(trigger.due(SETTINGS, clock.instant(), queue())).isEmpty();
    report();
    assertThat(outbox.count("c")).isZero();
    assertThat(outcomes()).containsExactly(CrashOutcome.WITHHELD);
  }

  @Test
  void theListHasNoStacksAndEachCrashHasItsOwnAlsoAfterARestart() throws IOException {
    crashes.take(CrashFixture.exit("a", "without", 3));
    crashes.take(CrashFixture.segv("b"));
    crashes.close();
    crashes = new CrashLog(store.store(), consent, workers, IdentityFixture.machine(), clock);
    CrashList list = new CrashList(crashes, outbox, journal);
    assertThat(list.crashes()).extracting(CrashSummary::calls).containsExactly(2, 0);
    assertThat(list.crash(CrashFixture.segv("b").id()).orElseThrow().stack())
        .containsExactly(
            "java.lang.IllegalStateException",
            "at com.acme.Db.open(Db.java:12)",
            "at com.acme.Main.main(Main.java)");
    assertThat(list.crash("f".repeat(32))).isEmpty();
  }

  @Test
  void thePreviewShowsWhatWaitsElseTheNewest() throws IOException {
    assertThat(trigger.preview(SETTINGS, formatter).messages()).isEmpty();
    crashes.take(CrashFixture.exit("a", "one", 3));
    crashes.take(CrashFixture.exit("b", "two", 3));
    assertThat(trigger.preview(SETTINGS, formatter).messages()).hasSize(2);
    assertThat(outbox.count("c")).isZero();
    report();
    assertThat(trigger.preview(SETTINGS, formatter).messages())
        .extracting(message -> message.body().utf8())
        .containsExactly("two");
  }

  private void report() throws IOException {
    boolean isLast = false;
    while (!isLast) {
      Optional<PreparedReport> report = trigger.report(SETTINGS, formatter, queue());
      if (report.isPresent()) {
        outbox.accept("c", report.get().messages(), report.get().memory());
        report.get().onQueued().run();
      }
      isLast = report.map(PreparedReport::isLast).orElse(true);
    }
  }

  private OutboxView queue() throws IOException {
    return queue("c");
  }

  private OutboxView queue(String channel) throws IOException {
    return outbox.view(channel, UnaryOperator.identity());
  }

  private List<CrashOutcome> outcomes() throws IOException {
    List<CrashOutcome> outcomes = new ArrayList<>();
    new CrashList(crashes, outbox, journal)
        .crashes()
        .forEach(crash -> outcomes.add(crash.outcome()));
    return outcomes;
  }

  /** Writes the component's name. */
  private static final class Plain implements ReportFormatter {
    private final List<Report> seen = new ArrayList<>();
    private String stumblesOver = "\n";

    @Override
    public FieldCatalogue fields() {
      return new FieldCatalogue(
          List.of(
              new Field(
                  "all",
                  FieldType.TEXT,
                  "",
                  "",
                  "",
                  Sensitivity.TECHNICAL,
                  "0.1.0",
                  Set.of(
                      FactNames.OS_NAME,
                      FactNames.CRASH_ID,
                      FactNames.CRASH_COMPONENT,
                      FactNames.CRASH_EXCEPTION_TYPE,
                      FactNames.CRASH_FRAME_CLASS,
                      FactNames.CRASH_FRAME_METHOD))));
    }

    @Override
    public List<Message> format(Report report) {
      String component = report.text(FactNames.CRASH_COMPONENT);
      if (component.contains(stumblesOver)) {
        throw new IllegalArgumentException(component);
      }
      seen.add(report);
      return List.of(
          new Message(
              report.text(FactNames.CRASH_ID), "crash", "text/plain", Bytes.utf8(component)));
    }
  }
}
