package org.candor.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.control.Journal;
import org.candor.api.control.JournalEntry;
import org.candor.api.control.JournalPart;
import org.candor.api.control.JournalSearch;
import org.candor.api.sink.Outcome;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.store.Frame;
import org.candor.core.store.StoreFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainedJournalTest {

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private StoreFixture store;
  private ChainedJournal journal;

  @BeforeEach
  void open() {
    store = new StoreFixture(directory);
    journal = new ChainedJournal(store.store(), clock);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void eachEntryNamesTheDigestOfTheOneBefore() throws IOException {
    append("one");
    append("two");
    List<JournalEntry> entries = journal.entries(10);
    assertThat(entries).extracting(JournalEntry::id).containsExactly("one", "two");
    assertThat(entries.get(0).previous()).isEqualTo("0".repeat(64));
    assertThat(entries.get(1).previous())
        .isEqualTo(Bytes.copyOf(RecordCodec.encode(1, record("one"), "0".repeat(64))).sha256());
    assertThat(journal.verify().intact()).isTrue();
    assertThat(journal.verify().entries()).isEqualTo(2);
  }

  @Test
  void anEndThatIsMissingShowsForGood() throws IOException {
    for (int i = 1; i <= 30; i++) {
      append("entry-" + i);
    }
    close();
    Path path = directory.resolve(ChainedJournal.FILE);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }
    journal = new ChainedJournal(store.store(), clock);
    int left = journal.entries(100).size();
    assertThat(left).isPositive().isLessThan(30);
    assertThat(journal.verify().intact()).isFalse();
    assertThat(journal.verify().firstBroken()).contains("#" + (left + 1));
    append("after");
    close();
    journal = new ChainedJournal(store.store(), clock);
    assertThat(journal.entries(100)).hasSize(left + 1);
    assertThat(journal.verify().firstBroken()).contains("#" + (left + 1));
    assertThat(journal.verify().head().number()).isEqualTo(31);
  }

  @Test
  void wordsFindEntriesOfTheWholeJournal() throws IOException {
    for (int i = 1; i <= 250; i++) {
      append(i % 50 == 0 ? "rare-" + i : "usual-" + i);
    }
    JournalPart part = journal.newest(2, JournalSearch.of("RARE"));
    assertThat(part.entries()).extracting(JournalEntry::id).containsExactly("rare-200", "rare-250");
    assertThat(part.entries().get(1)).isEqualTo(journal.entries(1).get(0));
    assertThat(part.matching()).isEqualTo(5);
    assertThat(part.total()).isEqualTo(250);
    assertThat(journal.newest(3, JournalSearch.ALL).matching()).isEqualTo(250);
  }

  @Test
  void theChainGoesOnAfterTheProcessEnded() throws IOException {
    append("one");
    close();
    journal = new ChainedJournal(store.store(), clock);
    append("two");
    assertThat(journal.verify().intact()).isTrue();
    assertThat(journal.payload("one")).contains(Bytes.utf8("payload of one"));
    assertThat(journal.entries(1)).extracting(JournalEntry::id).containsExactly("two");
  }

  @ParameterizedTest
  @CsvSource({
    "1, one",
    "2, two",
    "3, three",
  })
  void aChangedEntryIsNamedWhicheverFieldItIs(long number, String id) throws IOException {
    tamper(file -> {});
    for (String[] change :
        List.of(
            new String[] {"\"channel\":\"segment\"", "\"channel\":\"dns\""},
            new String[] {"\"allowedBy\":\"default\"", "\"allowedBy\":\"configuration\""},
            new String[] {"\"purpose\":\"usage\"", "\"purpose\":\"errors\""},
            new String[] {"api.segment.io", "elsewhere.io"},
            new String[] {"\"bytes\":1", "\"bytes\":2"},
            new String[] {"\"outcome\":\"DELIVERED\"", "\"outcome\":\"WITHDRAWN\""},
            new String[] {"\"answer\":\"200\"", "\"answer\":\"500\""},
            new String[] {"\"digest\":\"", "\"digest\":\"0"},
            new String[] {"\"previous\":\"", "\"previous\":\"0"},
            new String[] {"\"at\":\"20", "\"at\":\"19"})) {
      changeOnDisk(file -> file.numbered("entries").put(number, line(file, number, change)));
      assertThat(journal.verify().firstBroken()).as(change[1]).contains(id);
      String[] back = {change[1], change[0]};
      changeOnDisk(file -> file.numbered("entries").put(number, line(file, number, back)));
      assertThat(journal.verify().intact()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRemovedEntryIsMissed(long number) throws IOException {
    tamper(file -> file.numbered("entries").remove(number));
    assertThat(journal.verify().firstBroken()).contains("#" + number);
  }

  @Test
  void soIsOneWhoseNumberWasGivenToTheNext() throws IOException {
    tamper(file -> file.numbered("entries").put(2L, file.numbered("entries").remove(3L)));
    assertThat(journal.verify().firstBroken()).contains("three");
  }

  @Test
  void swappedEntriesBreakTheChain() throws IOException {
    tamper(
        file -> {
          byte[] second = file.numbered("entries").get(2L);
          file.numbered("entries").put(2L, file.numbered("entries").get(3L));
          file.numbered("entries").put(3L, second);
        });
    assertThat(journal.verify().firstBroken()).contains("three");
  }

  @Test
  void anEntryThatWasAddedShows() throws IOException {
    tamper(
        file -> {
          byte[] last = Frame.unwrap(file.numbered("entries").get(3L)).orElseThrow();
          byte[] added = RecordCodec.encode(4, record("four"), Entries.digest(last));
          file.numbered("entries").put(4L, Frame.wrap(added));
        });
    assertThat(journal.verify().firstBroken()).contains("#4");
  }

  @Test
  void aPayloadThatWasExchangedShows() throws IOException {
    tamper(file -> file.numbered("payloads").put(2L, file.numbered("payloads").get(1L)));
    assertThat(journal.verify().firstBroken()).contains("two");
  }

  @Test
  void ofAChainThatWasRewrittenFromAnEntryOnOnlyTheNotedHeadTells() throws IOException {
    tamper(file -> {});
    Journal.Head noted = journal.verify().head();
    assertThat(noted.number()).isEqualTo(3);
    changeOnDisk(
        file -> {
          String[] change = {"\"answer\":\"200\"", "\"answer\":\"500\""};
          byte[] second = line(file, 2, change);
          String digest = Entries.digest(Frame.unwrap(second).orElseThrow());
          byte[] third = RecordCodec.encode(3, record("three"), digest);
          file.numbered("entries").put(2L, second);
          file.numbered("entries").put(3L, Frame.wrap(third));
          file.named("head").put("last", "3 " + Entries.digest(third));
        });
    assertThat(journal.verify().intact()).isTrue();
    assertThat(journal.verify().head()).isNotEqualTo(noted);
  }

  @Test
  void whatIsExportedIsWhatIsHashed() throws IOException {
    for (int i = 0; i < 250; i++) {
      append("r" + i);
    }
    List<Bytes> lines = new ArrayList<>();
    journal.export(
        line -> {
          lines.add(line);
          if (lines.size() == 120) {
            appendUnchecked("later");
          }
        });
    assertThat(lines).hasSize(251);
    String previous = Entries.START;
    for (Bytes line : lines) {
      assertThat(line.utf8()).endsWith(",\"previous\":\"" + previous + "\"}").doesNotContain("\n");
      previous = line.sha256();
    }
    assertThat(journal.verify().head()).isEqualTo(new Journal.Head(251, previous));
  }

  @Test
  void anExportThatTheBoundOvertookFails() throws IOException {
    store.maxBytes("1m");
    List<String> messages = java.util.Collections.nCopies(5, "m".repeat(36));
    for (int i = 0; i < 300; i++) {
      journal.append(record("r" + i, Bytes.empty(), messages), Optional.empty());
    }
    AtomicInteger count = new AtomicInteger();
    assertThatThrownBy(
            () ->
                journal.export(
                    line -> {
                      for (int i = 0; count.get() == 0 && i < 300; i++) {
                        appendUnchecked("later");
                      }
                      count.incrementAndGet();
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Try it again");
  }

  @Test
  void payloadsExpireAndEntriesStay() throws IOException {
    append("old");
    clock.advance(Duration.ofDays(31));
    append("new");
    assertThat(journal.payload("old")).isEmpty();
    assertThat(journal.payload("new")).isPresent();
    assertThat(journal.entries(10)).hasSize(2);
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void theFileStaysWithinItsBound() throws IOException {
    store.maxBytes("4m");
    java.util.Random random = new java.util.Random(1);
    long largest = 0;
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[30_000];
      random.nextBytes(noise);
      journal.append(record("r" + i, Bytes.copyOf(noise)), Optional.of(Bytes.copyOf(noise)));
      largest = Math.max(largest, Files.size(directory.resolve("journal.mv")));
    }
    assertThat(largest).isLessThanOrEqualTo(4L << 20);
    assertThat(journal.entries(1000)).hasSize(200);
    assertThat(journal.payload("r199")).isPresent();
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void entriesThatAloneTakeTooMuchGoOldestFirstAndTheRestStillHolds() throws IOException {
    store.maxBytes("1m");
    List<String> messages = java.util.Collections.nCopies(200, "m".repeat(36));
    long largest = 0;
    for (int i = 0; i < 60; i++) {
      journal.append(record("r" + i, Bytes.empty(), messages), Optional.empty());
      largest = Math.max(largest, Files.size(directory.resolve("journal.mv")));
    }
    assertThat(largest).isLessThanOrEqualTo(1L << 20);
    assertThat(journal.entries(100))
        .hasSizeBetween(5, 20)
        .last()
        .extracting(JournalEntry::id)
        .isEqualTo("r59");
    assertThat(journal.verify().intact()).isTrue();
    close();
    journal = new ChainedJournal(store.store(), clock);
    append("next");
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void fromAFileThatCannotBeOpenedTheChainIsRebuilt() throws IOException {
    append("one");
    append("two");
    close();
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("journal.mv").toFile(), "rw")) {
      file.write(new byte[8192]);
    }
    journal = new ChainedJournal(store.store(), clock);
    append("three");
    assertThat(journal.entries(9))
        .extracting(JournalEntry::id)
        .containsExactly("one", "two", "three");
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void whereAnEntryCannotBeReadTheOthersStayAndTheGapShows() throws IOException {
    tamper(file -> file.numbered("entries").put(2L, new byte[] {1, 2, 3}));
    // The store's own file still holds the old entry: only its frame is made unreadable.
    Path path = directory.resolve("journal.mv");
    String bytes = Files.readString(path, StandardCharsets.ISO_8859_1);
    Files.writeString(
        path, bytes.replace("\"id\":\"two\"", "\"id\":\"tvo\""), StandardCharsets.ISO_8859_1);
    journal = new ChainedJournal(store.store(), clock);
    append("four");
    assertThat(journal.entries(9))
        .extracting(JournalEntry::id)
        .containsExactly("one", "three", "four");
    assertThat(journal.verify().intact()).isFalse();
    assertThat(journal.verify().firstBroken()).contains("#2");
  }

  @Test
  void ofTwoThatFollowTheSameEntryTheOneCountsThatWentOn() {
    Chain chain = new Chain();
    byte[] one = RecordCodec.encode(1, record("one"), Entries.START);
    byte[] given = RecordCodec.encode(2, record("two"), Entries.digest(one));
    byte[] failed = RecordCodec.encode(2, record("never"), Entries.digest(one));
    byte[] three = RecordCodec.encode(3, record("three"), Entries.digest(given));
    List.of(three, given, one, failed, one).forEach(chain::add);
    assertThat(chain.inOrder()).containsExactly(one, given, three);
    assertThat(chain.gaps()).isZero();
  }

  private interface Tampering {
    void on(StoreFile file);
  }

  private void tamper(Tampering tampering) throws IOException {
    append("one");
    append("two");
    append("three");
    changeOnDisk(tampering);
  }

  private void changeOnDisk(Tampering tampering) throws IOException {
    close();
    StoreFile file = new StoreFile(directory.resolve("journal.mv"), clock);
    file.open(old -> {});
    tampering.on(file);
    file.commit();
    file.close();
    journal = new ChainedJournal(store.store(), clock);
  }

  private static byte[] line(StoreFile file, long number, String... change) {
    byte[] line = Frame.unwrap(file.numbered("entries").get(number)).orElseThrow();
    String changed = new String(line, StandardCharsets.UTF_8).replaceFirst(change[0], change[1]);
    return Frame.wrap(changed.getBytes(StandardCharsets.UTF_8));
  }

  private void appendUnchecked(String id) {
    try {
      append(id);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void append(String id) throws IOException {
    Bytes payload = Bytes.utf8("payload of " + id);
    journal.append(record(id, payload), Optional.of(payload));
  }

  private JournalRecord record(String id) {
    return record(id, Bytes.utf8("payload of " + id));
  }

  private JournalRecord record(String id, Bytes payload) {
    return record(id, payload, List.of(id));
  }

  private JournalRecord record(String id, Bytes payload, List<String> messages) {
    return new JournalRecord(
        id,
        clock.instant(),
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
