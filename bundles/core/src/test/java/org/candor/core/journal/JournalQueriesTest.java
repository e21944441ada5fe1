package org.candor.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Forgotten;
import org.candor.control.JournalItem;
import org.candor.control.JournalPart;
import org.candor.control.JournalSearch;
import org.candor.control.Way;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others ask the journal for. */
class JournalQueriesTest {

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
  void theNewestAttemptOfAnIdIsFound() throws IOException {
    append("p", "c", "e", 1, Outcome.RETRY, "one");
    clock.advance(Duration.ofSeconds(1));
    append("p", "c", "e", 1, Outcome.DELIVERED, "one");
    append("q", "c", "e", 1, Outcome.RETRY, "two");
    assertThat(journal.newest("p").map(JournalRecord::outcome)).contains(Outcome.DELIVERED);
    assertThat(journal.newest("none")).isEmpty();
  }

  @Test
  void settledIsWhatNeedsNoFurtherAttemptSinceATime() throws IOException {
    append("p", "c", "e", 1, Outcome.DELIVERED, "old");
    clock.advance(Duration.ofSeconds(1));
    Instant since = clock.instant();
    append("q", "c", "e", 1, Outcome.DELIVERED, "new", "too");
    append("r", "c", "e", 1, Outcome.RETRY, "waits");
    assertThat(journal.settledMessages()).containsExactlyInAnyOrder("old", "new", "too");
    assertThat(journal.settledMessages(since)).containsExactlyInAnyOrder("new", "too");
    assertThat(journal.settledMessages(since.plusNanos(1))).isEmpty();
  }

  @Test
  void theOutcomeOfAMessageIsThatOfItsNewestAttempt() throws IOException {
    append("p", "c", "e", 1, Outcome.RETRY, "one", "two");
    append("q", "c", "e", 1, Outcome.DELIVERED, "one");
    assertThat(journal.outcomes(Set.of("one"))).isEqualTo(Map.of("one", Outcome.DELIVERED));
    assertThat(journal.outcomes(Set.of("one", "two", "three")))
        .isEqualTo(Map.of("one", Outcome.DELIVERED, "two", Outcome.RETRY));
  }

  @Test
  void destinationsAreWhereBytesWentEachOnceAndInOrder() throws IOException {
    append("p", "b", "e1", 1, Outcome.RETRY, "one");
    append("q", "a", "e2", 1, Outcome.DELIVERED, "two");
    append("r", "a", "e1", 1, Outcome.DELIVERED, "three");
    append("s", "b", "e1", 1, Outcome.DELIVERED, "one");
    append("t", "c", "e1", 0, Outcome.WITHDRAWN, "four");
    assertThat(journal.destinations())
        .containsExactly(
            new Forgotten.Destination("a", "e1"),
            new Forgotten.Destination("a", "e2"),
            new Forgotten.Destination("b", "e1"));
  }

  @Test
  void changesAreFoundByIdAlsoAfterARestart() throws IOException {
    assertThat(journal.hasChange("one")).isFalse();
    ConsentChange one = change("one");
    ConsentChange two = change("two");
    journal.append(one);
    append("p", "c", "e", 1, Outcome.DELIVERED, "m");
    journal.append(two);
    assertThat(journal.hasChange("one")).isTrue();
    assertThat(journal.hasChange("p")).as("an attempt").isFalse();
    assertThat(journal.changes(9)).containsExactly(one, two);
    assertThat(journal.changes(1)).containsExactly(two);
    journal.close();
    journal = new ChainedJournal(store.store(), clock);
    assertThat(journal.hasChange("two")).isTrue();
    assertThat(journal.changes(9)).containsExactly(one, two);
    JournalPart<JournalItem> all = journal.newestOfAnyKind(2, JournalSearch.ALL);
    assertThat(all.total()).isEqualTo(3);
    assertThat(all.matching()).isEqualTo(3);
    assertThat(all.entries()).hasSize(2);
    assertThat(journal.newest(9, JournalSearch.ALL).total()).as("attempts").isEqualTo(1);
  }

  @Test
  void aPayloadIsThatOfTheNewestAttemptThatHasOne() throws IOException {
    append("p", "c", "e", 1, Outcome.RETRY, "one");
    journal.append(record("p", "c", "e", 1, Outcome.DELIVERED, "one"), Optional.empty());
    assertThat(journal.payload("p")).contains(Bytes.utf8("payload of p"));
    assertThat(journal.payload("none")).isEmpty();
  }

  @Test
  void aPayloadExpiresWhenItIsAsOldAsTheBound() throws IOException {
    store.maxAge("30d");
    append("p", "c", "e", 1, Outcome.DELIVERED, "one");
    clock.advance(Duration.ofDays(30).minusMillis(1));
    append("q", "c", "e", 1, Outcome.DELIVERED, "two");
    assertThat(journal.payload("p")).isPresent();
    clock.advance(Duration.ofMillis(1));
    append("r", "c", "e", 1, Outcome.DELIVERED, "three");
    assertThat(journal.payload("p")).isEmpty();
    assertThat(journal.payload("q")).isPresent();
    assertThat(journal.entries(9)).hasSize(3);
  }

  @Test
  void whatIsForgottenIsErasedAndTheJournalBeginsAnew() throws IOException {
    append("p", "c", "e", 1, Outcome.DELIVERED, "one");
    Path file = directory.resolve(ChainedJournal.FILE);
    journal.erasing(() -> Files.delete(file));
    assertThat(journal.entries(9)).isEmpty();
    assertThat(journal.verify().intact()).isTrue();
    append("q", "c", "e", 1, Outcome.DELIVERED, "two");
    assertThat(journal.verify().head().number()).isEqualTo(1);
  }

  @Test
  void itGoesWhereTheSettingsSay() throws IOException {
    append("p", "c", "e", 1, Outcome.DELIVERED, "one");
    store.directory(directory.resolve("other"));
    assertThat(journal.entries(9)).isEmpty();
    append("q", "c", "e", 1, Outcome.DELIVERED, "two");
    store.directory(directory);
    assertThat(journal.entries(9)).extracting(entry -> entry.id()).containsExactly("p");
  }

  @Test
  void afterItsEndNothingOpensIt() {
    journal.close();
    assertThatThrownBy(() -> append("p", "c", "e", 1, Outcome.DELIVERED, "one"))
        .isInstanceOf(IOException.class)
        .hasMessage("the journal is closed");
    assertThatThrownBy(() -> journal.verify())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the journal is closed");
    assertThatThrownBy(() -> journal.newest(1, JournalSearch.of("x")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the journal is closed");
  }

  private void append(
      String id, String channel, String endpoint, long bytes, Outcome outcome, String... messages)
      throws IOException {
    journal.append(
        record(id, channel, endpoint, bytes, outcome, messages),
        Optional.of(Bytes.utf8("payload of " + id)));
  }

  private JournalRecord record(
      String id, String channel, String endpoint, long bytes, Outcome outcome, String... messages) {
    return new JournalRecord(
        id,
        clock.instant(),
        channel,
        Purpose.USAGE,
        "default",
        bytes,
        Bytes.utf8("payload of " + id).sha256(),
        endpoint,
        outcome,
        "said",
        List.of(messages));
  }

  private ConsentChange change(String id) {
    return new ConsentChange(
        id,
        clock.instant(),
        Optional.of(Purpose.USAGE),
        Optional.empty(),
        ConsentState.UNSET,
        ConsentState.DENIAL,
        Way.SHELL,
        "karaf",
        "");
  }
}
