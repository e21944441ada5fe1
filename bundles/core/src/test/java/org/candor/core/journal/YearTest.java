package org.candor.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Journal.Continuity;
import org.candor.control.Journal.Head;
import org.candor.control.Journal.Verification;
import org.candor.control.JournalSearch;
import org.candor.control.NotedHead;
import org.candor.control.Way;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.merkle.NodeRun;
import org.candor.core.merkle.TreeHash;
import org.candor.core.store.StoreFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A year of all channels, of consent and of 50 page views a second, in the files that it takes. Of
 * the 31 million batches of page views most are written as what they have become by then, hashes of
 * subtrees: these have other values than real ones, and the same number and size. Nothing is
 * flushed in between.
 */
@Tag("long")
class YearTest {

  private static final int HOURS = 365 * 24;
  private static final int BATCHES = 3_600;
  private static final int REAL = 4;
  private static final int EVENTS = 50;

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final Random random = new Random(1);
  private Instant now;

  @Test
  void aYearFitsBesideAFloodOfPageViewsAndAHeadOfItsFirstDayIsStillProvable() throws IOException {
    StoreFixture store = new StoreFixture(directory);
    Path path = directory.resolve(ChainedJournal.FILE);
    now = clock.instant();
    Head first;
    try (ChainedJournalHolder journal = new ChainedJournalHolder(store, clock)) {
      Bytes payload = payload(3_000);
      journal.journal.append(attempt("segment", Purpose.USAGE, 1, payload), Optional.of(payload));
      first = journal.journal.verify().head();
    }
    StoreFile file = new StoreFile(path, clock);
    file.open(old -> {});
    Ledger ledger = new Ledger(file);
    ledger.weigh();
    long largest = 0;
    for (int hour = 1; hour < HOURS; hour++) {
      boolean lastHour = hour == HOURS - 1;
      if (!lastHour) {
        pageViews(ledger);
      }
      for (int i = 0; lastHour && i < BATCHES; i++) {
        batch(ledger);
        largest = Math.max(largest, i % 20 == 0 ? settled(ledger, file, store) : 0);
      }
      append(ledger, "segment", Purpose.USAGE, 3_000);
      if (hour % 24 == 0) {
        append(ledger, "sentry", Purpose.ERRORS, 1_500);
        append(ledger, "dns", Purpose.VERSION_CHECK, 150);
      }
      if (hour % (24 * 7) == 0) {
        ledger.append(new ConsentChangeRecord(change()), Optional.empty());
        append(ledger, "sentry-crash", Purpose.ERRORS, 8_000);
        ledger.note(new NotedHeads.Noted(ledger.state().number(), now));
      }
      now = now.plus(Duration.ofHours(1));
      clock.advance(Duration.ofHours(1));
      if (hour % (24 * 7) == 0 || lastHour) {
        largest = Math.max(largest, settled(ledger, file, store));
      }
    }
    file.close();
    try (ChainedJournalHolder journal = new ChainedJournalHolder(store, clock)) {
      long others = HOURS + 2 * ((HOURS - 1) / 24) + 2 * ((HOURS - 1) / 24 / 7);
      Verification verification = journal.journal.verify(NotedHead.of(first.text()));
      assertThat(verification.firstBroken()).isEmpty();
      assertThat(verification.since()).contains(Continuity.CONTINUES);
      long kept =
          journal.journal.newestOfAnyKind(100_000, JournalSearch.ALL).entries().stream()
              .filter(item -> !item.texts().contains("segment-ui"))
              .count();
      LoggerFactory.getLogger(YearTest.class)
          .info(
              "A year: {} entries, {} kept besides page views, {} kept in all; the file had at most"
                  + " {} bytes, and has {}. {}",
              verification.head().number(),
              kept,
              verification.entries(),
              largest,
              Files.size(path),
              ledger);
      assertThat(verification.head().number()).isGreaterThan(31_000_000);
      assertThat(kept).isGreaterThanOrEqualTo(others);
      assertThat(largest)
          .isLessThanOrEqualTo(Allowance.of(store.store().settings()).file() / 4 * 5);
    }
  }

  private static final class ChainedJournalHolder implements AutoCloseable {
    private final ChainedJournal journal;

    private ChainedJournalHolder(StoreFixture store, MovableClock clock) {
      this.journal = new ChainedJournal(store.store(), clock);
    }

    @Override
    public void close() {
      journal.close();
    }
  }

  /** As the journal does it after each entry. */
  private long settled(Ledger ledger, StoreFile file, StoreFixture store) throws IOException {
    Allowance allowance = Allowance.of(store.store().settings());
    ledger.expire(now.minus(store.store().settings().maxAge()));
    ledger.dropBeyond(allowance);
    file.commit();
    long before = Files.size(file.path());
    file.keepWithin(allowance.file());
    return before;
  }

  private void pageViews(Ledger ledger) {
    long known = ledger.state().number();
    ledger.skip(NodeRun.standingFor(known, known + BATCHES - REAL, hash()), hash().hex());
    for (int i = 0; i < REAL; i++) {
      batch(ledger);
    }
  }

  private void batch(Ledger ledger) {
    Bytes payload = payload(5_000);
    ledger.append(
        attempt("segment-ui", Purpose.USAGE, EVENTS, payload).ofWebEvents(), Optional.of(payload));
  }

  private TreeHash hash() {
    byte[] bytes = new byte[TreeHash.LENGTH];
    random.nextBytes(bytes);
    return TreeHash.at(bytes, 0);
  }

  private void append(Ledger ledger, String channel, Purpose purpose, int compressed) {
    Bytes payload = payload(compressed);
    ledger.append(attempt(channel, purpose, 1, payload), Optional.of(payload));
  }

  private JournalRecord attempt(String channel, Purpose purpose, int messages, Bytes payload) {
    String id = UUID.randomUUID().toString();
    return new JournalRecord(
        id,
        now.plusMillis(random.nextInt(3_600_000)),
        channel,
        purpose,
        "configuration",
        payload.size(),
        payload.sha256(),
        "https://api.segment.io/v1/batch",
        Outcome.DELIVERED,
        "200 OK",
        Stream.generate(() -> UUID.randomUUID().toString()).limit(messages).toList());
  }

  /** That takes so many bytes when it is compressed. */
  private Bytes payload(int compressed) {
    byte[] bytes = new byte[compressed];
    random.nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }

  private ConsentChange change() {
    return new ConsentChange(
        UUID.randomUUID().toString(),
        now,
        Optional.of(Purpose.USAGE),
        Optional.empty(),
        ConsentState.DENIAL,
        ConsentState.GRANT,
        Way.SHELL,
        "karaf",
        "127.0.0.1");
  }
}
