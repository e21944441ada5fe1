package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.core.CapturedLog;
import org.candor.core.journal.JournalRecord;
import org.candor.core.store.ResetOrder;
import org.junit.jupiter.api.Test;

/** What each transaction says when it returns, and leaves on disk. */
class OutboxTransactionTest extends OpenOutbox {

  @Test
  void theFirstStartIsKeptUnlessItLiesInTheFuture() throws IOException {
    Instant first = clock.instant();
    assertThat(outbox.firstStart()).isEqualTo(first);
    clock.advance(Duration.ofDays(1));
    assertThat(outbox.firstStart()).isEqualTo(first);
    close();
    reopen();
    assertThat(outbox.firstStart()).isEqualTo(first);
    clock.advance(Duration.ofDays(-2));
    assertThat(outbox.firstStart()).isEqualTo(clock.instant());
    clock.advance(Duration.ofDays(1));
    assertThat(outbox.firstStart()).isEqualTo(clock.instant().minus(Duration.ofDays(1)));
  }

  @Test
  void notesOutliveTheProcess() throws IOException {
    assertThat(outbox.note("n")).isEmpty();
    outbox.note("n", "text");
    close();
    reopen();
    assertThat(outbox.note("n")).contains("text");
  }

  @Test
  void limitsOutliveTheProcessAndThoseThatEndedGoWithTheNext() throws IOException {
    Instant noon = clock.instant();
    outbox.limit("e", Map.of("a", noon.plusSeconds(9), "b", noon.plusSeconds(99)));
    close();
    reopen();
    assertThat(view().limits().end("e", "a")).contains(noon.plusSeconds(9));
    clock.advance(Duration.ofSeconds(9));
    outbox.limit("e", Map.of("c", noon.plusSeconds(99)));
    assertThat(view().limits().end("e", "a")).isEmpty();
    assertThat(view().limits().end("e", "b")).contains(noon.plusSeconds(99));
    assertThat(view().limits().end("e", "c")).contains(noon.plusSeconds(99));
  }

  @Test
  void aViewShowsAllThatAStepHasToKnow() throws IOException {
    OutboxView accepted =
        outbox.accept("a", messages("one", "two"), memory -> memory.reported(clock.instant()));
    assertThat(accepted.queued()).isEqualTo(2);
    assertThat(accepted.head().map(head -> head.message().id())).contains("one");
    assertThat(accepted.memory().lastReport()).contains(clock.instant());
    assertThat(view()).usingRecursiveComparison().isEqualTo(accepted);
    QueuedMessage head = accepted.head().orElseThrow();
    assertThat(head.channel()).isEqualTo("a");
    assertThat(head.at()).isEqualTo(clock.instant());
    OutboxView ended = outbox.end("a", List.of(head.number()), memory -> memory.lost("refused", 1));
    assertThat(ended.queued()).isEqualTo(1);
    assertThat(ended.head().map(next -> next.message().id())).contains("two");
    assertThat(ended.memory().lost()).containsExactly(Map.entry("refused", 1L));
    OutboxView none = OutboxView.none(clock.instant());
    assertThat(none.queued()).isZero();
    assertThat(none.limits().end("e", "c")).isEmpty();
    assertThat(outbox.waiting()).containsExactly("two");
  }

  @Test
  void aViewAndAPeekLetGoWhatIsTooOld() throws IOException {
    store.maxAge("30d");
    outbox.accept("a", messages("old"), SAME);
    clock.advance(Duration.ofDays(30));
    assertThat(view().queued()).as("not older than that").isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    OutboxView view = view();
    assertThat(view.queued()).isZero();
    assertThat(view.memory().lost()).containsExactly(Map.entry("too-old", 1L));
    outbox.accept("a", messages("again"), SAME);
    clock.advance(Duration.ofDays(31));
    assertThat(outbox.peek("a", ALL)).isEmpty();
  }

  @Test
  void aReportThatLeavesAtOnceIsQueuedAndNotedTogether() throws IOException {
    Attempt begun =
        outbox
            .acceptAndBegin(
                "a",
                messages("one", "two"),
                memory -> memory.reported(clock.instant()),
                numbers -> attempt(numbers))
            .orElseThrow();
    assertThat(begun.numbers())
        .isEqualTo(outbox.peek("a", ALL).stream().map(QueuedMessage::number).toList());
    close();
    reopen();
    assertThat(outbox.unended("a")).contains(begun);
    assertThat(outbox.count("a")).isEqualTo(2);
    assertThat(outbox.memory("a").lastReport()).contains(clock.instant());
  }

  @Test
  void whereTheBoundsLetOneOfThemGoNoAttemptBegins() throws IOException {
    store.maxCount("1");
    assertThat(outbox.acceptAndBegin("a", messages("one", "two"), SAME, n -> attempt(n))).isEmpty();
    assertThat(outbox.unended("a")).isEmpty();
    assertThat(outbox.waiting()).containsExactly("two");
    assertThat(outbox.memory("a").lost()).containsExactly(Map.entry("too-many", 1L));
  }

  @Test
  void numbersGrowOverAllChannelsAndAreNeverUsedTwice() throws IOException {
    outbox.accept("a", messages("one"), SAME);
    long first = outbox.peek("a", ALL).get(0).number();
    outbox.end("a", List.of(first), SAME);
    close();
    reopen();
    outbox.accept("b", messages("two"), SAME);
    assertThat(outbox.peek("b", ALL).get(0).number()).isEqualTo(first + 1);
  }

  @Test
  void aLookCostsNoFlushAndAChangeOne() throws IOException {
    outbox.accept("a", messages("one"), SAME);
    Outbox.Use before = outbox.use();
    outbox.count("a");
    outbox.peek("a", BatchLimit.ONE_MESSAGE);
    view();
    assertThat(outbox.use()).isEqualTo(new Outbox.Use(before.transactions() + 3, before.flushes()));
    outbox.begin(attempt(List.of(1L)));
    assertThat(outbox.use())
        .isEqualTo(new Outbox.Use(before.transactions() + 4, before.flushes() + 1));
  }

  @Test
  void itIsAsFullAsTheBoundThatIsNearest() throws IOException {
    assertThat(outbox.fill("a")).isZero();
    store.maxCount("4");
    outbox.accept("a", messages("one"), SAME);
    assertThat(outbox.fill("a")).isEqualTo(0.25);
    store.maxCount("100000");
    store.maxBytes("4m");
    outbox.accept(
        "a", List.of(new Message("big", "m", "t/t", Bytes.utf8("x".repeat(316_000)))), SAME);
    assertThat(outbox.fill("a")).isBetween(0.79, 0.80);
  }

  @Test
  void aBatchEndsWhereItsBytesDo() throws IOException {
    outbox.accept("a", messages("one", "two", "six"), SAME);
    int size = "body of one".length();
    assertThat(outbox.peek("a", new BatchLimit(9, 2 * size))).hasSize(2);
    assertThat(outbox.peek("a", new BatchLimit(9, 2 * size - 1))).hasSize(1);
    assertThat(outbox.peek("a", new BatchLimit(9, 3 * size))).hasSize(3);
  }

  @Test
  void afterAllWasForgottenOthersMayUseItAgain() throws Exception {
    long before = outbox.generation();
    outbox.erasing(() -> {});
    long generation = outbox.generation();
    assertThat(generation).isEqualTo(before + 1);
    CompletableFuture<Boolean> ran =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return outbox.within(generation, () -> {});
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(ran.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(outbox.within(before, () -> {})).isFalse();
  }

  @Test
  void afterItsEndNothingOpensIt() {
    outbox.close();
    assertThatThrownBy(() -> outbox.accept("a", messages("one"), SAME))
        .isInstanceOf(IOException.class)
        .hasMessage("the outbox is closed");
  }

  @Test
  void takingNothingCostsNoFlush() throws IOException {
    outbox.accept("a", messages("one"), SAME);
    long before = outbox.use().flushes();
    assertThat(outbox.accept("a", List.of(), SAME).queued()).isEqualTo(1);
    assertThat(outbox.use().flushes()).isEqualTo(before);
  }

  @Test
  void aChangeThatFailsInTheMiddleWasNotMade() throws IOException {
    outbox.accept("a", messages("one"), SAME);
    assertThatThrownBy(
            () ->
                outbox.accept(
                    "a",
                    messages("two"),
                    memory -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot use " + outboxFile() + ": no");
    assertThat(outbox.waiting()).containsExactly("one");
    assertThat(outbox.count("a")).isEqualTo(1);
  }

  @Test
  void whoErasesTheFileFindsItLetGo() throws IOException {
    outbox.accept("a", messages("one"), SAME);
    outbox.erasing(
        () -> {
          Files.delete(outboxFile());
          Files.delete(outboxFile().resolveSibling("outbox.mv.mark"));
        });
    assertThat(outbox.count("a")).isZero();
    assertThat(outbox.memory("a").lost()).as("forgotten, not lost").isEmpty();
    assertThat(outbox.order()).isEqualTo(ResetOrder.OUTBOX);
  }

  @Test
  void anotherDirectoryIsAnotherQueue() throws IOException {
    long before = outbox.generation();
    outbox.accept("a", messages("one"), SAME);
    Path other = directory.resolve("other");
    outbox.moving(() -> store.directory(other));
    assertThat(outbox.generation()).isEqualTo(before + 1);
    assertThat(outbox.waiting()).isEmpty();
    outbox.accept("a", messages("two"), SAME);
    store.directory(directory);
    assertThat(outbox.waiting()).containsExactly("one");
    store.directory(other);
    assertThat(outbox.waiting()).containsExactly("two");
  }

  @Test
  void whatIsTakenComesBackAsItWas() throws IOException {
    outbox.accept("a", messages("one", "two"), SAME);
    close();
    reopen();
    assertThat(outbox.all("a"))
        .extracting(QueuedMessage::message)
        .containsExactlyElementsOf(messages("one", "two"));
  }

  @Test
  void takingLetsGoWhatIsTooOld() throws IOException {
    store.maxAge("30d");
    outbox.accept("a", messages("old"), SAME);
    clock.advance(Duration.ofDays(31));
    assertThat(outbox.accept("a", messages("new"), SAME).queued()).isEqualTo(1);
  }

  @Test
  void aChannelIsRememberedFromItsFirstLookOn() throws IOException {
    Instant first = outbox.memory("a").since();
    clock.advance(Duration.ofDays(1));
    close();
    reopen();
    assertThat(outbox.memory("a").since()).isEqualTo(first);
  }

  @Test
  void aLossIsLogged() throws IOException {
    store.maxCount("1");
    assertThat(CapturedLog.of(() -> outbox.accept("a", messages("one", "two"), SAME)))
        .contains("1 queued message is lost for good, of a: too-many.");
  }

  @Test
  void whatFillsItToTheBrimStaysAndAByteMoreDoesNot() throws IOException {
    store.maxBytes("4m");
    outbox.accept("a", sized(0), SAME);
    double empty = outbox.fill("a");
    outbox.end("a", List.of(1L), SAME);
    outbox.accept("a", sized(100_000), SAME);
    int room = (int) Math.round(100_000 / (outbox.fill("a") - empty));
    int besides = (int) Math.round(empty * room);
    outbox.end("a", List.of(2L), SAME);
    assertThat(outbox.accept("a", sized(room - besides), SAME).queued()).isEqualTo(1);
    assertThat(outbox.fill("a")).isEqualTo(1.0);
    outbox.end("a", List.of(3L), SAME);
    assertThat(outbox.accept("a", sized(room - besides + 1), SAME).queued()).isZero();
    assertThat(outbox.memory("a").lost()).containsExactly(Map.entry("too-large", 1L));
  }

  @Test
  void aReportThatLeavesAtOnceGivesBackRoomThatIsNotNeededToo() throws IOException {
    outbox.accept("a", sized(3_600_000), SAME);
    outbox.end("a", List.of(1L), SAME);
    assertThat(Files.size(outboxFile())).isGreaterThan(3L << 20);
    store.maxBytes("4m");
    outbox.acceptAndBegin("a", messages("one"), SAME, numbers -> attempt(numbers));
    assertThat(Files.size(outboxFile())).isLessThan(1L << 20);
  }

  private OutboxView view() throws IOException {
    return outbox.view("a", SAME);
  }

  private static List<Message> messages(String... ids) {
    return Stream.of(ids)
        .map(id -> new Message(id, "health", "t/t", Bytes.utf8("body of " + id)))
        .toList();
  }

  private static List<Message> sized(int bytes) {
    return List.of(new Message("sized", "m", "t/t", Bytes.utf8("x".repeat(bytes))));
  }

  private Attempt attempt(List<Long> numbers) {
    return new Attempt(
        new JournalRecord(
            "payload",
            clock.instant(),
            "a",
            Purpose.USAGE,
            "default",
            1,
            "digest",
            "endpoint",
            Outcome.INTERRUPTED,
            "",
            List.of("one")),
        numbers);
  }
}
