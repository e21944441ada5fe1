package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraceTest {

  private static final Duration GRACE = Duration.ofMinutes(10);

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private ChainedJournal journal;
  private Outbox outbox;
  private ConfiguredLayer configured;

  @BeforeEach
  void open() throws IOException {
    StoreFixture store = new StoreFixture(directory);
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
    configured = ConsentFixture.layer(new Etc(directory));
  }

  @AfterEach
  void close() {
    outbox.close();
    journal.close();
  }

  @Test
  void itBeginsAgainWithTheFirstStartOfACopy() throws IOException {
    Instant first = clock.instant();
    assertThat(new Grace(outbox, configured).end(first)).isEqualTo(first.plus(GRACE));
    clock.advance(Duration.ofDays(3));
    Instant copied = clock.instant();
    Grace grace = new Grace(outbox, configured, () -> Optional.of(copied));
    clock.advance(Duration.ofMinutes(1));
    assertThat(grace.end(clock.instant())).isEqualTo(copied.plus(GRACE));
    assertThat(grace.knownEnd()).contains(copied.plus(GRACE));
  }

  @Test
  void whileNobodyKnowsWhetherThisIsACopyItHasNoEnd() {
    Grace grace =
        new Grace(
            outbox,
            configured,
            () -> {
              throw new IOException("unreadable");
            });
    assertThatThrownBy(() -> grace.end(clock.instant())).hasMessage("unreadable");
    assertThat(grace.knownEnd()).isEmpty();
  }

  @Test
  void aFirstStartThatLiesInTheFutureIsNow() throws IOException {
    Grace grace = new Grace(outbox, configured);
    Instant first = clock.instant();
    assertThat(grace.knownEnd()).as("never asked").isEmpty();
    grace.end(first);
    assertThat(grace.end(first.plusSeconds(9))).isEqualTo(first.plus(GRACE));
    clock.advance(Duration.ofDays(-1));
    assertThat(grace.end(clock.instant())).isEqualTo(clock.instant().plus(GRACE));
  }

  @Test
  void aCopyThatLiesInTheFutureOrBeforeTheFirstStartIsNone() throws IOException {
    Instant first = clock.instant();
    Grace future = new Grace(outbox, configured, () -> Optional.of(first.plusNanos(1)));
    assertThat(future.end(first)).isEqualTo(first.plus(GRACE));
    Grace past = new Grace(outbox, configured, () -> Optional.of(first.minusSeconds(1)));
    assertThat(past.end(first)).isEqualTo(first.plus(GRACE));
    Grace later = new Grace(outbox, configured, () -> Optional.of(first.plusNanos(1)));
    assertThat(later.end(first.plusNanos(1))).isEqualTo(first.plusNanos(1).plus(GRACE));
  }

  @Test
  void afterEverythingWasForgottenThereIsAnotherFirstStart() throws IOException {
    Grace grace = new Grace(outbox, configured);
    grace.end(clock.instant());
    outbox.erasing(() -> Files.delete(directory.resolve(Outbox.FILE)));
    assertThat(grace.knownEnd()).isEmpty();
    clock.advance(Duration.ofDays(1));
    assertThat(grace.end(clock.instant())).isEqualTo(clock.instant().plus(GRACE));
  }
}
