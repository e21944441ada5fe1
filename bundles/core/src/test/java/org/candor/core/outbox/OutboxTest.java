package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.core.journal.JournalRecord;
import org.candor.core.store.IoAction;
import org.candor.core.store.StorePart;
import org.candor.core.work.SteadyClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest extends OpenOutbox {

  @Test
  void aStepHoldsUpForgettingAndNobodyElse() throws Exception {
    long generation = outbox.generation();
    List<String> done = new CopyOnWriteArrayList<>();
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Void> asked = new CompletableFuture<>();
    Thread step = begin(() -> outbox.within(generation, () -> done.add(await(asked, release))));
    asked.get(10, TimeUnit.SECONDS);
    begin(() -> done.add("counted " + outbox.count("usage"))).join(10_000);
    Thread forgetting = begin(() -> outbox.erasing(() -> done.add("forgotten")));
    while (forgetting.getState() == Thread.State.RUNNABLE
        || forgetting.getState() == Thread.State.NEW) {
      Thread.onSpinWait();
    }
    release.countDown();
    step.join(10_000);
    forgetting.join(10_000);
    assertThat(done).containsExactly("counted 0", "stepped", "forgotten");
    assertThat(outbox.within(generation, () -> done.add("too late"))).isFalse();
  }

  private static String await(CompletableFuture<Void> asked, CountDownLatch release) {
    asked.complete(null);
    try {
      return release.await(10, TimeUnit.SECONDS) ? "stepped" : "late";
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }

  private static Thread begin(IoAction step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void whatWasTakenIsThereAfterTheProcessEnded() throws IOException {
    Instant at = clock.instant();
    outbox.accept("a", messages("one", "two"), memory -> memory.reported(at));
    outbox.accept("b", messages("three"), SAME);
    close();
    reopen();
    assertThat(ids("a")).containsExactly("one", "two");
    assertThat(ids("b")).containsExactly("three");
    assertThat(outbox.memory("a").lastReport()).contains(at);
  }

  @Test
  void aBatchKeepsToItsLimitButIsNeverEmpty() throws IOException {
    outbox.accept("a", messages("one", "two", "three"), SAME);
    int size = "body of one".length();
    assertThat(outbox.peek("a", new BatchLimit(2, 1000))).hasSize(2);
    assertThat(outbox.peek("a", new BatchLimit(9, size + 1))).hasSize(1);
    assertThat(outbox.peek("a", new BatchLimit(9, 1))).hasSize(1);
  }

  @Test
  void anAttemptThatDidNotEndIsKnownAfterwards() throws IOException {
    outbox.accept("a", messages("one"), SAME);
    Attempt attempt = attempt(outbox.peek("a", ALL));
    outbox.begin(attempt);
    close();
    reopen();
    assertThat(outbox.unended("a")).contains(attempt);
    outbox.end("a", attempt.numbers(), SAME);
    assertThat(outbox.unended("a")).isEmpty();
    assertThat(outbox.count("a")).isZero();
  }

  @Test
  void beyondTheCountTheOldestGoesAndIsCounted() throws IOException {
    store.maxCount("3");
    outbox.accept("a", messages("one", "two"), SAME);
    outbox.accept("b", messages("three", "four"), SAME);
    assertThat(ids("a")).containsExactly("two");
    assertThat(outbox.memory("a").lost()).containsEntry("too-many", 1L);
    assertThat(ids("b")).containsExactly("three", "four");
  }

  @Test
  void aLossThatNeverCameToBeIsNotToldOf() throws IOException {
    store.maxCount("2");
    outbox.accept("a", messages("one", "two"), SAME);
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(() -> outbox.accept("a", messages("three"), OutboxTest::breakTheDisk))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ids("a")).containsExactly("one", "two");
      assertThat(outbox.memory("a").lost()).isEmpty();
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("lost for good");
  }

  /** Whoever is interrupted cannot write: the channel of the file closes. */
  private static ChannelMemory breakTheDisk(ChannelMemory memory) {
    Thread.currentThread().interrupt();
    return memory;
  }

  @Test
  void beyondTheAgeTheOldestGoesAndIsCounted() throws IOException {
    store.maxAge("30d");
    outbox.accept("a", messages("old"), SAME);
    clock.advance(Duration.ofDays(30));
    outbox.accept("a", messages("new"), SAME);
    clock.advance(Duration.ofSeconds(1));
    assertThat(ids("a")).containsExactly("new");
    assertThat(outbox.memory("a").lost()).containsEntry("too-old", 1L);
  }

  @Test
  void aClockThatIsAYearOffForEightSecondsMakesNothingTooOld() throws IOException {
    outbox.close();
    outbox = new Outbox(store.store(), journal, new SteadyClock(clock, clock));
    outbox.accept(
        "a", IntStream.range(0, 51).mapToObj(i -> messages("m" + i).get(0)).toList(), SAME);
    clock.set(Duration.ofDays(365));
    for (int second = 0; second < 8; second++) {
      outbox.accept("b", messages("n" + second), SAME);
      assertThat(outbox.count("a")).isEqualTo(51);
      clock.advance(Duration.ofSeconds(1));
    }
    clock.set(Duration.ofDays(-365));
    assertThat(outbox.view("a", SAME).queued()).isEqualTo(51);
    assertThat(outbox.view("b", SAME).queued()).isEqualTo(8);
    assertThat(outbox.all("b").get(0).at()).isBefore(clock.instant());
  }

  @Test
  void theFileStaysWithinItsBound() throws IOException {
    store.maxBytes("8m");
    long largest = 0;
    for (int i = 0; i < 60; i++) {
      outbox.accept("a", List.of(new Message("m" + i, "m", "t/t", body(i, 200_000))), SAME);
      largest = Math.max(largest, Files.size(outboxFile()));
    }
    assertThat(largest)
        .isLessThanOrEqualTo(store.store().settings().budget().bytesFor(StorePart.OUTBOX));
    long waiting = outbox.count("a");
    assertThat(waiting).isEqualTo(3);
    assertThat(outbox.memory("a").lost()).containsEntry("too-large", 60 - waiting);
    assertThat(ids("a")).last().isEqualTo("m59");
  }

  @Test
  void aQueueThatEmptiesGivesItsSpaceBack() throws IOException {
    store.maxBytes("4m");
    for (int i = 0; i < 45; i++) {
      outbox.accept("a", List.of(new Message("m" + i, "m", "t/t", body(i, 200_000))), SAME);
      List<Long> numbers = outbox.peek("a", ALL).stream().map(QueuedMessage::number).toList();
      outbox.end("a", numbers, SAME);
    }
    assertThat(Files.size(outboxFile())).isLessThan(1L << 20);
  }

  @Test
  void aDamagedMessageIsPutAsideAndTheOthersGoOn() throws IOException {
    outbox.accept("a", messages("one", "two", "three"), SAME);
    close();
    replaceInFile("body of two", "body of tvo");
    reopen();
    assertThat(ids("a")).containsExactly("one", "three");
    assertThat(outbox.memory("a").lost()).containsEntry("damaged", 1L);
  }

  @Test
  void fromAFileThatCannotBeOpenedAllWholeMessagesAreTakenOverUnderTheirIds() throws IOException {
    outbox.accept("a", messages("one", "two", "three"), SAME);
    deliver(outbox.peek("a", BatchLimit.ONE_MESSAGE));
    close();
    try (RandomAccessFile file = new RandomAccessFile(outboxFile().toFile(), "rw")) {
      file.write(new byte[8192]);
    }
    reopen();
    assertThat(ids("a")).containsExactly("two", "three");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("outbox.mv.set-aside-"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 8192, 20_000})
  void messagesThatWentWithTheEndOfTheFileAreCountedAndTheFileIsKept(int cut) throws IOException {
    for (int i = 1; i <= 7; i++) {
      outbox.accept(
          "segment", List.of(new Message("m" + i, "m", "t/t", Bytes.utf8("x".repeat(500)))), SAME);
    }
    close();
    try (FileChannel file = FileChannel.open(outboxFile(), StandardOpenOption.WRITE)) {
      file.truncate(file.size() - cut);
    }
    reopen();
    long queued = outbox.count("segment");
    long lost = outbox.memory("segment").lost().getOrDefault(Outbox.DAMAGED, 0L);
    assertThat(queued + lost).isEqualTo(7);
    assertThat(keptAside()).isEqualTo(lost > 0);
    close();
    reopen();
    assertThat(outbox.count("segment")).isEqualTo(queued);
    assertThat(outbox.memory("segment").lost().getOrDefault(Outbox.DAMAGED, 0L)).isEqualTo(lost);
  }

  @Test
  void ofAFileThatIsAllZeroesAllThatWaitedIsCounted() throws IOException {
    for (int i = 1; i <= 7; i++) {
      outbox.accept("segment", List.of(new Message("m" + i, "m", "t/t", Bytes.utf8("x"))), SAME);
    }
    close();
    Files.write(outboxFile(), new byte[(int) Files.size(outboxFile())]);
    reopen();
    assertThat(outbox.count("segment")).isZero();
    assertThat(outbox.memory("segment").lost()).containsEntry(Outbox.DAMAGED, 7L);
    assertThat(keptAside()).isTrue();
    close();
    reopen();
    assertThat(outbox.memory("segment").lost()).as("once").containsEntry(Outbox.DAMAGED, 7L);
  }

  private boolean keptAside() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> file.getFileName().toString().contains("mv.set-aside-"));
    }
  }

  @Test
  void whileNothingCanBeSavedTheDamagedFileStaysInItsPlace() throws IOException {
    outbox.accept("a", messages("one", "two"), SAME);
    deliver(outbox.peek("a", BatchLimit.ONE_MESSAGE));
    close();
    try (RandomAccessFile file = new RandomAccessFile(outboxFile().toFile(), "rw")) {
      file.write(new byte[8192]);
    }
    Path journalFile = directory.resolve("journal.mv");
    Path saved = Files.move(journalFile, directory.resolve("saved"));
    Files.createDirectory(journalFile);
    reopen();
    assertThatThrownBy(() -> ids("a")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ids("a")).as("not an empty queue").isInstanceOf(IOException.class);
    Files.delete(journalFile);
    Files.move(saved, journalFile);
    assertThat(ids("a")).containsExactly("two");
  }

  @Test
  void whoComesTooLateDoesNotOpenTheFileAgain() throws IOException {
    outbox.accept("a", messages("one"), SAME);
    outbox.close();
    assertThatThrownBy(() -> outbox.count("a")).hasMessageContaining("closed");
    reopen();
    assertThat(outbox.count("a")).isEqualTo(1);
  }

  private void deliver(List<QueuedMessage> batch) throws IOException {
    journal.append(attempt(batch).record().ended(Outcome.DELIVERED, ""), Optional.empty());
    outbox.end("a", batch.stream().map(QueuedMessage::number).toList(), SAME);
  }

  private void replaceInFile(String from, String to) throws IOException {
    String text = Files.readString(outboxFile(), StandardCharsets.ISO_8859_1);
    assertThat(text).contains(from);
    Files.writeString(outboxFile(), text.replace(from, to), StandardCharsets.ISO_8859_1);
  }

  private List<String> ids(String channel) throws IOException {
    return outbox.peek(channel, ALL).stream().map(queued -> queued.message().id()).toList();
  }

  private static List<Message> messages(String... ids) {
    return Stream.of(ids)
        .map(id -> new Message(id, "health", "t/t", Bytes.utf8("body of " + id)))
        .toList();
  }

  private static Bytes body(int seed, int size) {
    Random random = new Random(seed);
    byte[] bytes = new byte[size];
    IntStream.range(0, size).forEach(i -> bytes[i] = (byte) ('a' + random.nextInt(26)));
    return Bytes.copyOf(bytes);
  }

  private Attempt attempt(List<QueuedMessage> batch) {
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
            batch.stream().map(queued -> queued.message().id()).toList()),
        batch.stream().map(QueuedMessage::number).toList());
  }
}
