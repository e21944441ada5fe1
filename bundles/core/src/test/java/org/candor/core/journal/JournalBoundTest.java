package org.candor.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.control.JournalEntry;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes, and what stays, so that the file keeps within its bound. */
class JournalBoundTest {

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
  void theNewestEntryStaysHoweverLargeItIs() throws IOException {
    store.maxBytes("1m");
    append("one", 5000, Optional.empty());
    assertThat(journal.entries(9)).extracting(JournalEntry::id).containsExactly("one");
    append("two", 5000, Optional.empty());
    assertThat(journal.entries(9)).extracting(JournalEntry::id).containsExactly("two");
    assertThat(journal.verify().intact()).isTrue();
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
            Stream.generate(() -> UUID.randomUUID().toString()).limit(messages).toList()),
        payload);
  }
}
