package org.candor.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.control.JournalEntry;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes, and what stays, so that the file keeps within its bound. */
class JournalBoundTest {

  private static final String MESSAGE = "m".repeat(36);

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private StoreFixture store;
  private ChainedJournal journal;

  @BeforeEach
  void open() {
    store = new StoreFixture(directory);
    restart();
  }

  private void restart() {
    close();
    journal = new ChainedJournal(store.store(), clock);
  }

  @AfterEach
  void close() {
    if (journal != null) {
      journal.close();
    }
  }

  @Test
  void payloadsThatJustFitStayAndWithOneByteLessTheOldestGoes() throws IOException {
    Bytes one = noise(1);
    Bytes two = noise(2);
    append("one", 1, Optional.of(one));
    append("two", 1, Optional.of(two));
    long size = entries() + one.gzip().size() + two.gzip().size();
    begin(4 * size);
    append("one", 1, Optional.of(one));
    restart();
    append("two", 1, Optional.of(two));
    assertThat(journal.payload("one")).contains(one);
    assertThat(journal.payload("two")).contains(two);
    begin(4 * (size - 1));
    append("one", 1, Optional.of(one));
    restart();
    append("two", 1, Optional.of(two));
    assertThat(journal.payload("one")).isEmpty();
    assertThat(journal.payload("two")).contains(two);
    assertThat(journal.entries(9)).hasSize(2);
  }

  @Test
  void entriesThatJustFillHalfStayAndWithOneByteLessTheOldestGoesWithItsPayload()
      throws IOException {
    Optional<Bytes> payload = Optional.of(Bytes.utf8("payload"));
    append("one", 2000, payload);
    append("two", 2000, payload);
    long size = entries();
    begin(8 * size);
    append("one", 2000, payload);
    restart();
    append("two", 2000, payload);
    assertThat(journal.entries(9)).hasSize(2);
    begin(8 * (size - 1));
    append("one", 2000, payload);
    restart();
    append("two", 2000, payload);
    assertThat(journal.entries(9)).extracting(JournalEntry::id).containsExactly("two");
    assertThat(journal.verify().dropped()).isEqualTo(1);
    assertThat(journal.verify().intact()).isTrue();
    assertThat(payloadsOnDisk()).containsExactly(2L);
  }

  @Test
  void theNewestEntryStaysHoweverLargeItIs() throws IOException {
    store.maxBytes("1m");
    append("one", 5000, Optional.empty());
    assertThat(journal.entries(9)).extracting(JournalEntry::id).containsExactly("one");
    append("two", 5000, Optional.empty());
    assertThat(journal.entries(9)).extracting(JournalEntry::id).containsExactly("two");
    assertThat(journal.verify().intact()).isTrue();
  }

  @Test
  void anExportThatTheBoundHasJustCaughtUpWithGoesOn() throws IOException {
    store.maxBytes("1m");
    for (int i = 0; i < 105; i++) {
      append("first", 22, Optional.empty());
    }
    assertThat(journal.verify().dropped()).isZero();
    List<Bytes> lines = new ArrayList<>();
    journal.export(
        line -> {
          while (lines.isEmpty() && journal.verify().dropped() < 100) {
            appendUnchecked("later");
          }
          lines.add(line);
        });
    assertThat(journal.verify().dropped()).isEqualTo(100);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i).utf8()).startsWith("{\"number\":" + (i + 1) + ",");
    }
    assertThat(lines.get(lines.size() - 1).sha256()).isEqualTo(journal.verify().head().digest());
    List<Bytes> left = new ArrayList<>();
    journal.export(left::add);
    assertThat(left).as("what is still there").isEqualTo(lines.subList(100, lines.size()));
  }

  private void begin(long maxBytes) throws IOException {
    journal.erasing(() -> Files.delete(directory.resolve(ChainedJournal.FILE)));
    store.maxBytes(Long.toString(maxBytes));
  }

  /** What the entries take, in their frames. */
  private long entries() throws IOException {
    List<Integer> sizes = new ArrayList<>();
    journal.export(line -> sizes.add(line.size() + RecordFrame.LEAST));
    return sizes.stream().mapToLong(Integer::longValue).sum();
  }

  private Set<Long> payloadsOnDisk() throws IOException {
    close();
    StoreFile file = new StoreFile(directory.resolve(ChainedJournal.FILE), clock);
    file.open(old -> {});
    Set<Long> numbers = Set.copyOf(file.numbered("payloads").keySet());
    file.close();
    return numbers;
  }

  private static Bytes noise(int seed) {
    byte[] noise = new byte[200_000];
    new Random(seed).nextBytes(noise);
    return Bytes.copyOf(noise);
  }

  private void appendUnchecked(String id) {
    try {
      append(id, 22, Optional.empty());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void append(String id, int messages, Optional<Bytes> payload) throws IOException {
    journal.append(
        new JournalRecord(
            id,
            clock.instant(),
            "segment",
            Purpose.USAGE,
            "default",
            1,
            payload.map(Bytes::sha256).orElse(""),
            "https://api.segment.io",
            Outcome.DELIVERED,
            "200",
            Collections.nCopies(messages, MESSAGE)),
        payload);
  }
}
