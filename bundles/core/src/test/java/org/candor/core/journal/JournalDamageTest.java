package org.candor.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.control.Journal;
import org.candor.control.JournalEntry;
import org.candor.control.JournalSearch;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.store.CheckpointFile;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.ResetOrder;
import org.candor.core.store.StoreFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a journal that is damaged, cut off or changed, and what the log says of it. */
class JournalDamageTest {

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private StoreFixture store;
  private Path path;
  private ChainedJournal journal;

  @BeforeEach
  void open() {
    store = new StoreFixture(directory);
    path = directory.resolve(ChainedJournal.FILE);
    journal = new ChainedJournal(store.store(), clock);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  /** A second later, so that what is set aside gets another name. */
  private void restart() {
    close();
    clock.advance(Duration.ofSeconds(1));
    journal = new ChainedJournal(store.store(), clock);
  }

  @Test
  void anOrderlyEndSetsNothingAside() throws IOException {
    append("one");
    restart();
    append("two");
    restart();
    assertThat(journal.entries(9)).hasSize(2);
    assertThat(setAside()).isEmpty();
  }

  @Test
  void whereTheEndIsMissingTheLogSaysHowMuchOnceAndTheFileIsKept() throws IOException {
    append("one");
    append("two");
    close();
    new CheckpointFile(path).write("5 " + "a".repeat(64));
    restart();
    assertThat(logged(() -> journal.entries(9)))
        .contains("The end of " + path + " is missing, 3 entries; it is kept as " + setAside());
    assertThat(journal.verify().firstBroken()).contains("#3");
    assertThat(journal.verify().head().number()).isEqualTo(5);
    restart();
    assertThat(logged(() -> journal.entries(9))).doesNotContain("missing");
    assertThat(journal.verify().firstBroken()).contains("#3");
    append("six");
    assertThat(journal.verify().head().number()).isEqualTo(6);
    assertThat(journal.verify().firstBroken()).contains("#3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "five a", "-5 a", "9999999999999999999 a", "0 a", "1 a"})
  void aCheckpointThatNobodyUnderstandsOrThatIsOlderSaysNothing(String text) throws IOException {
    append("one");
    close();
    new CheckpointFile(path).write(text);
    restart();
    assertThat(journal.verify().intact()).isTrue();
    assertThat(setAside()).isEmpty();
  }

  @Test
  void theLogSaysWhatWasRecovered() throws IOException {
    append("one");
    append("two");
    damage();
    restart();
    assertThat(logged(() -> journal.entries(9)))
        .contains(
            "2 entries were recovered from " + setAside() + ". None is missing between them.");
  }

  @Test
  void aChainWhoseOldestHadGoneIsRebuiltFromWhereItBegins() throws IOException {
    store.maxBytes("1m");
    List<String> messages =
        Stream.generate(() -> UUID.randomUUID().toString()).limit(6000).toList();
    journal.append(record("one", messages), Optional.empty());
    journal.append(record("two", messages), Optional.empty());
    assertThat(journal.verify().dropped()).isEqualTo(1);
    // Freed space may still hold what had gone.
    damage("\"id\":\"one\"");
    restart();
    assertThat(journal.entries(9)).extracting(JournalEntry::id).containsExactly("two");
    assertThat(journal.verify().intact()).isTrue();
    assertThat(journal.verify().dropped()).isEqualTo(1);
  }

  @Test
  void ofTwoAfterTheSameGapTheLaterCountsAndTheEarlierTellsWhereItBelongs() {
    Instant time = clock.instant();
    String before = "b".repeat(64);
    byte[] late = line(3, "late", time.plusSeconds(9), before);
    byte[] early = line(3, "early", time.plusSeconds(3), before);
    byte[] next = line(7, "next", time.plusSeconds(5), "c".repeat(64));
    Chain chain = new Chain();
    List.of(next, early, late).forEach(chain::add);
    assertThat(chain.inOrder()).containsExactly(late, next);
    assertThat(chain.goneBefore()).contains(new Journal.Head(2, before));
  }

  @Test
  void aLineThatIsNoEntryMayHaveBeenOfAnyKind() throws IOException {
    append("one");
    append("two");
    append("three");
    changeOnDisk(2, "nonsense");
    assertThat(journal.entries(9)).extracting(JournalEntry::id).containsExactly("one", "three");
    assertThat(journal.newest(9, JournalSearch.of("three")).total()).isEqualTo(3);
    assertThat(journal.newestOfAnyKind(9, JournalSearch.of("three")).total()).isEqualTo(3);
    assertThat(journal.newest(9, JournalSearch.of("three")).matching()).isEqualTo(1);
    assertThat(journal.payload("two")).isEmpty();
    assertThat(journal.verify().firstBroken()).contains("#2");
  }

  @Test
  void anEntryThatIsDamagedIsFoundAtItsOldPlace() throws IOException {
    append("one");
    append("two");
    append("three");
    close();
    StoreFile file = new StoreFile(path, clock);
    file.open(old -> {});
    file.numbered("entries").put(2L, new byte[] {1, 2, 3});
    file.commit();
    file.close();
    restart();
    assertThat(logged(() -> journal.entries(9)))
        .contains("cannot be read (a record is damaged)", "3 entries were recovered");
    assertThat(journal.entries(9))
        .extracting(JournalEntry::id)
        .containsExactly("one", "two", "three");
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void aPayloadThatCannotBeExpandedFitsNoEntry() throws IOException {
    append("one");
    close();
    StoreFile file = new StoreFile(path, clock);
    file.open(old -> {});
    file.numbered("payloads").put(1L, new byte[] {1, 2, 3});
    file.commit();
    file.close();
    restart();
    assertThat(journal.payload("one")).contains(Bytes.empty());
    assertThat(journal.verify().firstBroken()).contains("one");
  }

  @Test
  void theLastEntryWhenItWasChangedShowsAlsoOnceAnotherFollowsIt() throws IOException {
    append("one");
    append("two");
    changeOnDisk(2, text(2).replace("\"answer\":\"200\"", "\"answer\":\"500\""));
    assertThat(journal.verify().firstBroken()).contains("two");
    append("three");
    assertThat(journal.verify().firstBroken()).contains("two");
    append("four");
    assertThat(journal.verify().firstBroken()).contains("two");
  }

  @Test
  void anEntryThatSomebodyAddedShowsUntilARealOneTakesItsPlace() throws IOException {
    append("one");
    String digest = journal.verify().head().digest();
    changeOnDisk(2, new String(line(2, "two", clock.instant(), digest), StandardCharsets.UTF_8));
    assertThat(journal.verify().intact()).isFalse();
    append("three");
    assertThat(journal.verify().intact()).isTrue();
    assertThat(journal.entries(9)).extracting(JournalEntry::id).containsExactly("one", "three");
  }

  @Test
  void whatFailsOnTheWayToTheDiskLeavesNothing() throws IOException {
    close();
    BrokenClock broken = new BrokenClock();
    journal = new ChainedJournal(store.store(), broken);
    assertThatThrownBy(() -> append("never"))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot write " + path + ": no time");
    broken.works = true;
    append("one");
    assertThat(journal.entries(9)).extracting(JournalEntry::id).containsExactly("one");
    assertThat(journal.verify().head().number()).isEqualTo(1);
  }

  private static final class BrokenClock extends Clock {
    private boolean works;

    @Override
    public Instant instant() {
      if (works) {
        return Instant.EPOCH;
      }
      throw new IllegalStateException("no time");
    }

    @Override
    public ZoneId getZone() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void whileItsFolderMovesNobodyHoldsTheFile() throws IOException {
    append("one");
    assertThat(journal.order()).isEqualTo(ResetOrder.JOURNAL);
    List<Boolean> opened = new ArrayList<>();
    journal.moving(
        () -> {
          StoreFile file = new StoreFile(path, clock);
          opened.add(file.open(old -> {}));
          file.close();
        });
    assertThat(opened).containsExactly(true);
    assertThat(journal.entries(9)).hasSize(1);
  }

  private String text(long number) throws IOException {
    List<String> lines = new ArrayList<>();
    journal.export(line -> lines.add(line.utf8()));
    return lines.get((int) number - 1);
  }

  private void changeOnDisk(long number, String line) throws IOException {
    close();
    StoreFile file = new StoreFile(path, clock);
    file.open(old -> {});
    file.numbered("entries").put(number, RecordFrame.wrap(line.getBytes(StandardCharsets.UTF_8)));
    file.commit();
    file.close();
    restart();
  }

  /** The file cannot be opened any more, and these texts in it are others. */
  private void damage(String... texts) throws IOException {
    close();
    String bytes = Files.readString(path, StandardCharsets.ISO_8859_1);
    for (String text : texts) {
      bytes = bytes.replace(text, "x".repeat(text.length()));
    }
    Files.writeString(path, bytes, StandardCharsets.ISO_8859_1);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(new byte[8192]);
    }
  }

  private String setAside() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return String.join(
          " ",
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.contains("set-aside"))
              .toList());
    }
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

  private void append(String id) throws IOException {
    journal.append(record(id, List.of(id)), Optional.of(Bytes.utf8("payload of " + id)));
  }

  private JournalRecord record(String id, List<String> messages) {
    return record(id, clock.instant(), messages);
  }

  private static byte[] line(long number, String id, Instant at, String previous) {
    return LineCodec.encode(new ChainLink(number, record(id, at, List.of(id)), previous));
  }

  private static JournalRecord record(String id, Instant at, List<String> messages) {
    Bytes payload = Bytes.utf8("payload of " + id);
    return new JournalRecord(
        id,
        at,
        "segment",
        Purpose.USAGE,
        "default",
        payload.size(),
        payload.sha256(),
        "https://api.segment.io",
        Outcome.DELIVERED,
        "200",
        messages);
  }
}
