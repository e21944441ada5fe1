package org.candor.core.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.Outcome;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.identity.Identity;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.QueuedMessage;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One question a day, whatever happens in between. */
class DailyTriggerTest {

  private static final String CHANNEL = "dns";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration CLOSEST = Duration.ofHours(20);
  private static final Duration FARTHEST = Duration.ofHours(28);
  private static final Duration FARTHEST_WITH_FAILURES = Duration.ofHours(36);
  private static final ChannelSettings DAILY =
      new ChannelSettings(Purpose.VERSION_CHECK, ReportKind.VERSION_CHECK, DAY, "dns", "dns", true);

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final List<Instant> made = new ArrayList<>();
  private final List<Instant> answered = new ArrayList<>();
  private final List<Duration> downWhenAnswered = new ArrayList<>();
  private Duration down = Duration.ZERO;
  private Identity identity;
  private ChainedJournal journal;
  private Outbox outbox;
  private DailyTrigger trigger;
  private Instant ready;

  @BeforeEach
  void open() throws IOException {
    identity = IdentityFixture.identity(new Etc(Files.createDirectories(directory.resolve("etc"))));
    StoreFixture store = new StoreFixture(directory.resolve("var"));
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
    start();
  }

  @AfterEach
  void close() {
    outbox.close();
    journal.close();
  }

  /** As after a start: what is in memory is new. */
  private void start() {
    trigger = new DailyTrigger(CHANNEL, identity, new Asking(), clock);
    ready = clock.instant();
  }

  @Test
  void theFirstStartAsksAtOnce() throws Exception {
    assertThat(due()).contains(ready);
  }

  @Test
  void aMomentThatFollowsSoonAfterAStartIsPassedOver() throws Exception {
    Instant moment =
        Schedule.of(DAY, identity.clusterId(), CHANNEL).next(clock.instant(), clock.instant());
    clock.advance(Duration.between(clock.instant(), moment).minus(Duration.ofHours(1)));
    start();
    ask();
    answer();
    assertThat(due()).contains(moment.plus(DAY));
  }

  @Test
  void aStartWithinADayAfterTheAnswerAsksNothing() throws Exception {
    ask();
    clock.advance(Duration.ofHours(5));
    answer();
    clock.advance(Duration.ofHours(19));
    start();
    assertThat(due()).hasValueSatisfying(at -> assertThat(at).isAfter(clock.instant()));
    clock.advance(Duration.ofHours(6));
    start();
    assertThat(due()).contains(ready);
  }

  @Test
  void whileAQuestionWaitsNoOtherIsMade() throws Exception {
    ask();
    clock.advance(DAY.multipliedBy(9));
    start();
    assertThat(due()).isEmpty();
    ask();
    assertThat(made).hasSize(1);
  }

  @Test
  void aClockThatIsSetBackAsksOnceAndNotForEver() throws Exception {
    ask();
    answer();
    clock.advance(DAY.multipliedBy(-300));
    outbox.remember(CHANNEL, memory -> memory.notAfter(clock.instant()));
    ready = clock.instant();
    for (int i = 0; i < 5 && due().filter(at -> !at.isAfter(clock.instant())).isPresent(); i++) {
      ask();
      answer();
    }
    assertThat(made).hasSizeLessThan(3);
    assertThat(due())
        .hasValueSatisfying(at -> assertThat(at).isBeforeOrEqualTo(ready.plus(FARTHEST)));
  }

  /** Restarts, down times, late timers and servers that fail, at random. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void sixtyDaysWithRestartsHaveOneQuestionEach(int seed) throws Exception {
    Random random = new Random(seed);
    clock.advance(Duration.ofMinutes(random.nextInt(24 * 60)));
    start();
    Instant begin = clock.instant();
    Instant end = begin.plus(DAY.multipliedBy(60));
    Instant restart = begin.plus(hours(random, 60));
    while (clock.instant().isBefore(end)) {
      Instant due = due().orElseThrow();
      if (due.isAfter(restart)) {
        to(restart);
        Duration time = hours(random, random.nextInt(4) == 0 ? 60 : 1);
        down = down.plus(time);
        clock.advance(time);
        start();
        restart = clock.instant().plus(hours(random, 60));
      } else {
        to(due.isAfter(clock.instant()) ? due : clock.instant());
        clock.advance(Duration.ofMillis(random.nextInt(90_000)));
        ask();
        for (int failures = random.nextInt(8); failures > 5; failures--) {
          clock.advance(Duration.ofHours(1));
        }
        answer();
      }
    }
    assertThat(answered).hasSizeLessThanOrEqualTo(61);
    for (int i = 1; i < answered.size(); i++) {
      Duration apart = Duration.between(answered.get(i - 1), answered.get(i));
      Duration off = downWhenAnswered.get(i).minus(downWhenAnswered.get(i - 1));
      String as = "seed " + seed + ", from " + answered.get(i - 1) + " to " + answered.get(i);
      assertThat(apart).as(as).isGreaterThanOrEqualTo(CLOSEST);
      assertThat(apart.minus(off)).as(as).isLessThan(FARTHEST_WITH_FAILURES);
    }
  }

  /** Without anything in between, all questions but the first few are at the cluster's moment. */
  @Test
  void itSettlesAtTheClustersMoment() throws Exception {
    for (int i = 0; i < 20; i++) {
      to(due().orElseThrow());
      ask();
      answer();
    }
    for (int i = 6; i < 20; i++) {
      assertThat(Duration.between(answered.get(i - 1), answered.get(i))).isEqualTo(DAY);
    }
  }

  private static Duration hours(Random random, int most) {
    return Duration.ofMinutes(random.nextInt(most * 60));
  }

  private void to(Instant then) {
    clock.advance(Duration.between(clock.instant(), then));
  }

  private Optional<Instant> due() throws IOException {
    return trigger.due(DAILY, ready, queue());
  }

  private void ask() throws IOException {
    Optional<PreparedReport> question = trigger.report(DAILY, new Unused(), queue());
    if (question.isPresent()) {
      outbox.accept(CHANNEL, question.get().messages(), question.get().memory());
    }
  }

  private OutboxView queue() throws IOException {
    return outbox.view(CHANNEL, UnaryOperator.identity());
  }

  private void answer() throws IOException {
    Instant now = clock.instant();
    outbox.end(
        CHANNEL,
        outbox.all(CHANNEL).stream().map(QueuedMessage::number).toList(),
        memory -> memory.answered(now, Outcome.DELIVERED, "", Optional.empty()));
    answered.add(now);
    downWhenAnswered.add(down);
  }

  private final class Asking implements ReportTrigger {
    @Override
    public Optional<Instant> due(ChannelSettings settings, Instant readySince, OutboxView queue) {
      throw new AssertionError("decided elsewhere");
    }

    @Override
    public Optional<PreparedReport> report(
        ChannelSettings settings, ReportFormatter formatter, OutboxView queue) {
      Instant now = clock.instant();
      made.add(now);
      Message question = new Message("q" + made.size(), "q", "text/plain", Bytes.utf8("?"));
      return Optional.of(
          new PreparedReport(List.of(question), memory -> memory.reported(now), () -> {}, true));
    }

    @Override
    public void clear() {}

    @Override
    public MadeReport preview(ChannelSettings settings, ReportFormatter formatter) {
      throw new AssertionError("not asked for");
    }
  }

  private static final class Unused implements ReportFormatter {
    @Override
    public FieldCatalogue fields() {
      return FieldCatalogue.empty();
    }

    @Override
    public List<Message> format(Report report) {
      return List.of();
    }
  }
}
