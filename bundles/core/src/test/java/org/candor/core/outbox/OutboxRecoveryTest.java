package org.candor.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.report.Message;
import org.candor.api.sink.Outcome;
import org.candor.core.CapturedLog;
import org.candor.core.StoreFixture;
import org.candor.core.journal.JournalRecord;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.junit.jupiter.api.Test;

/** What a crash, a power loss or a damaged disk leaves, and what is counted then. */
class OutboxRecoveryTest extends OpenOutbox {

  @Test
  void afterATakeOverNumbersGoOnBehindWhatWasTakenOver() throws IOException {
    outbox.accept("a", messages("one", "two", "three"), SAME);
    deliver("one");
    close();
    breakHead();
    reopen();
    assertThat(ids()).containsExactly("two", "three");
    outbox.accept("a", messages("four"), SAME);
    assertThat(ids()).containsExactly("two", "three", "four");
  }

  @Test
  void allElseIsTakenOverTooAndTheLogCounts() throws IOException {
    Instant first = outbox.firstStart();
    outbox.note("n", "noted");
    outbox.limit("e", Map.of("c", first.plus(Duration.ofDays(2))));
    outbox.accept("a", messages("one", "two", "three"), memory -> memory.reported(first));
    close();
    replaceInFile("body of two", "body of tvo");
    reopen();
    clock.advance(Duration.ofDays(1));
    assertThat(CapturedLog.of(this::ids))
        .contains("outbox.mv cannot be read (a message of channel a is not whole). It is kept as ")
        .containsPattern(
            "Of 3 messages that wait in outbox.mv.set-aside-\\S+, 2 were taken over and 1 could"
                + " not be read")
        .contains("1 queued message is lost for good, of a: damaged.");
    assertThat(ids()).containsExactly("one", "three");
    assertThat(outbox.note("n")).contains("noted");
    assertThat(outbox.firstStart()).isEqualTo(first);
    OutboxView view = outbox.view("a", SAME);
    assertThat(view.memory().lastReport()).contains(first);
    assertThat(view.limits().end("e", "c")).contains(first.plus(Duration.ofDays(2)));
    StoreFile kept = new StoreFile(keptAside().get(0), clock);
    assertThat(kept.openReadOnly()).as("nobody holds it any more").isTrue();
    kept.close();
  }

  @Test
  void whereOnlyANoteIsDamagedTheMessagesAreTakenOver() throws IOException {
    outbox.accept("a", messages("one", "two"), memory -> memory.lost("refused", 3));
    outbox.note("n", "noted".repeat(1000));
    close();
    // The head of the page that the note lies in.
    overwrite("notednoted", -14, new byte[14]);
    reopen();
    assertThat(outbox.count("a")).isEqualTo(2);
    assertThat(outbox.note("n")).isEmpty();
    assertThat(keptAside()).hasSize(1);
    assertThat(ids()).containsExactly("one", "two");
    assertThat(outbox.memory("a").lost()).containsExactly(Map.entry("refused", 3L));
  }

  @Test
  void aSheafThatIsCutOffCountsAsOneAndTheOthersGoOn() throws IOException {
    outbox.accept("a", messages("one"), SAME);
    close();
    queue(9, new byte[2]);
    // Which knows that there is one message, and is right.
    Files.delete(mark());
    reopen();
    assertThat(ids()).containsExactly("one");
    assertThat(outbox.memory("a").lost()).containsExactly(Map.entry("damaged", 1L));
  }

  @Test
  void aDamagedSheafCountsForNoMoreThanThereIsRoomFor() throws IOException {
    byte[] frame = encoded(9, "nine");
    byte[] sheaf =
        ByteBuffer.allocate(Integer.BYTES + frame.length).putInt(1_000_000).put(frame).array();
    queue(9, sheaf);
    assertThat(ids()).containsExactly("nine");
    assertThat(outbox.memory("a").lost())
        .containsExactly(Map.entry("damaged", (long) sheaf.length / RecordFrame.LEAST - 1));
  }

  @Test
  void whatAnEarlierVersionQueuedOneByOneGoesOn() throws IOException {
    queue(1, encoded(1, "one"));
    queue(2, encoded(2, "two"));
    assertThat(ids()).containsExactly("one", "two");
    outbox.end("a", List.of(1L), SAME);
    outbox.accept("a", messages("three"), SAME);
    close();
    reopen();
    assertThat(ids()).containsExactly("two", "three");
    assertThat(outbox.memory("a").lost()).isEmpty();
  }

  @Test
  void whatACommitTookThatDidNotEndIsFoundInTheFile() throws IOException {
    outbox.accept("a", messages("one"), memory -> memory.reported(clock.instant()));
    clock.advance(Duration.ofHours(1));
    Instant later = clock.instant();
    close();
    byte[] frame = encoded(2, "two");
    Files.write(outboxFile(), Arrays.copyOf(frame, 4096), StandardOpenOption.APPEND);
    clock.advance(Duration.ofHours(1));
    reopen();
    assertThat(ids()).containsExactly("one", "two");
    assertThat(outbox.memory("a").lastReport()).contains(later);
    assertThat(outbox.memory("a").lost()).isEmpty();
    outbox.accept("a", messages("three"), SAME);
    assertThat(ids()).containsExactly("one", "two", "three");
    assertThat(outbox.all("a")).extracting(QueuedMessage::number).doesNotHaveDuplicates();
  }

  @Test
  void whatTheJournalKnowsAsSettledIsNoLossWhenTheFileIsTakenOver() throws IOException {
    outbox.accept("a", messages("one", "two", "three"), SAME);
    byte[] mark = Files.readAllBytes(mark());
    deliver("one");
    close();
    Files.write(mark(), mark);
    breakHead();
    reopen();
    assertThat(ids()).containsExactly("two", "three");
    assertThat(outbox.memory("a").lost()).isEmpty();
  }

  @Test
  void whatTheJournalKnowsAsSettledIsNoLossWhenTheFileIsAnOldOne() throws IOException {
    outbox.accept("a", messages("one", "two"), SAME);
    byte[] old = Files.readAllBytes(outboxFile());
    outbox.accept("a", messages("three"), SAME);
    byte[] mark = Files.readAllBytes(mark());
    deliver("one");
    close();
    Files.write(outboxFile(), old);
    Files.write(mark(), mark);
    reopen();
    assertThat(CapturedLog.of(this::ids))
        .contains("The end of outbox.mv.set-aside-", "and with it 1 messages that waited there");
    assertThat(ids()).containsExactly("two");
    assertThat(outbox.memory("a").lost()).containsExactly(Map.entry("damaged", 1L));
  }

  @Test
  void aCountIsNoFlushAlsoWhenItFindsTheEndMissing() throws IOException {
    outbox.accept("a", messages("one"), SAME);
    outbox.accept("a", messages("two"), SAME);
    close();
    cutOff(1);
    reopen();
    outbox.count("a");
    assertThat(outbox.use()).isEqualTo(new Outbox.Use(1, 0));
  }

  @Test
  void ofAFileThatSomebodyDeletedAllIsMissed() throws IOException {
    outbox.accept("a", messages("one"), SAME);
    close();
    Files.delete(outboxFile());
    reopen();
    assertThat(ids()).isEmpty();
    assertThat(outbox.memory("a").lost()).containsExactly(Map.entry("damaged", 1L));
    assertThat(keptAside()).isEmpty();
  }

  @Test
  void aCrashAfterACompactionMissesNothing() throws IOException {
    outbox.accept("a", Stream.generate(() -> large()).limit(12).toList(), SAME);
    outbox.end("a", LongStream.range(1, 11).boxed().toList(), SAME);
    assertThat(Files.size(outboxFile())).isGreaterThan(3L << 20);
    store.maxBytes("4m");
    outbox.accept("a", messages("one"), SAME);
    assertThat(Files.size(outboxFile())).as("compacted").isLessThan(1L << 20);
    byte[] mark = Files.readAllBytes(mark());
    Map<String, Long> lost = outbox.memory("a").lost();
    outbox.end("a", List.of(outbox.all("a").get(0).number()), SAME);
    close();
    Files.write(mark(), mark);
    reopen();
    assertThat(outbox.memory("a").lost()).isEqualTo(lost);
    assertThat(keptAside()).isEmpty();
  }

  @Test
  void whileTheJournalCannotBeReadNothingThatItMaySettleIsShown() throws IOException {
    outbox.accept("a", messages("one", "two"), SAME);
    JournalRecord record = record("one");
    journal.append(record, Optional.empty());
    close();
    Path file = directory.resolve("journal.mv");
    Path saved = Files.move(file, directory.resolve("saved"));
    Files.createDirectory(file);
    reopen();
    assertThatThrownBy(this::ids).isInstanceOf(IOException.class);
    assertThatThrownBy(this::ids).as("not what is in the file").isInstanceOf(IOException.class);
    Files.delete(file);
    Files.move(saved, file);
    assertThat(ids()).containsExactly("two");
  }

  @Test
  void whereNothingWaitsTheJournalIsNotAsked() throws IOException {
    outbox.note("n", "noted");
    close();
    Files.createDirectory(directory.resolve("journal.mv"));
    reopen();
    assertThat(outbox.count("a")).isZero();
    assertThat(outbox.note("n")).contains("noted");
  }

  @Test
  void whatTheProcessBeforeLeftHalfDoneIsFinishedFirst() throws IOException {
    List<Boolean> finished = new ArrayList<>();
    store = new StoreFixture(directory, () -> finished.add(Files.exists(outboxFile())));
    reopen();
    outbox.count("a");
    assertThat(finished).first().isEqualTo(false);
    assertThat(outboxFile()).exists();
  }

  private void deliver(String id) throws IOException {
    journal.append(record(id), Optional.empty());
    List<Long> numbers =
        outbox.all("a").stream()
            .filter(queued -> queued.message().id().equals(id))
            .map(QueuedMessage::number)
            .toList();
    outbox.end("a", numbers, SAME);
  }

  private JournalRecord record(String id) {
    return new JournalRecord(
        "p-" + id,
        clock.instant(),
        "a",
        Purpose.USAGE,
        "default",
        1,
        "digest",
        "endpoint",
        Outcome.DELIVERED,
        "200",
        List.of(id));
  }

  private List<String> ids() throws IOException {
    return outbox.all("a").stream().map(queued -> queued.message().id()).toList();
  }

  private static List<Message> messages(String... ids) {
    return Stream.of(ids)
        .map(id -> new Message(id, "health", "t/t", Bytes.utf8("body of " + id)))
        .toList();
  }

  private static Message large() {
    return new Message("large", "m", "t/t", Bytes.utf8("x".repeat(300_000)));
  }

  private byte[] encoded(long number, String id) {
    return MessageCodec.encode(
        new QueuedMessage(number, "a", clock.instant(), messages(id).get(0)));
  }

  /** Puts bytes into the queue as they are. */
  private void queue(long number, byte[] bytes) throws IOException {
    StoreFile file = new StoreFile(outboxFile(), clock);
    file.open(aside -> {});
    file.numbered("queue.a").put(number, bytes);
    file.named("installation").put("number", Long.toString(number));
    file.commit();
    file.close();
  }

  private Path mark() {
    return directory.resolve(Outbox.FILE + ".mark");
  }

  private List<Path> keptAside() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("outbox.mv.set-aside-"))
          .toList();
    }
  }

  private void breakHead() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(outboxFile().toFile(), "rw")) {
      file.write(new byte[8192]);
    }
  }

  private void cutOff(int bytes) throws IOException {
    try (FileChannel file = FileChannel.open(outboxFile(), StandardOpenOption.WRITE)) {
      file.truncate(file.size() - bytes);
    }
  }

  private void replaceInFile(String from, String to) throws IOException {
    overwrite(from, 0, to.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void overwrite(String text, int from, byte[] bytes) throws IOException {
    String all = Files.readString(outboxFile(), StandardCharsets.ISO_8859_1);
    assertThat(all).contains(text);
    try (RandomAccessFile file = new RandomAccessFile(outboxFile().toFile(), "rw")) {
      file.seek(all.indexOf(text) + from);
      file.write(bytes);
    }
  }
}
