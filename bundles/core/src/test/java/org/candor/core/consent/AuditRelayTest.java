package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.consent.Purpose;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Way;
import org.junit.jupiter.api.Test;

class AuditRelayTest {

  private static final ConsentChange FIRST = change("first");
  private static final ConsentChange SECOND = change("second");

  private final Journal journal = new Journal();
  private final AuditRelay relay = new AuditRelay(journal);

  /** Counts what it was asked, and fails where it is told to. */
  private static final class Journal implements ConsentAuditLog {
    private final List<String> ids = new ArrayList<>();
    private final List<String> looked = new ArrayList<>();
    private Optional<String> failsBefore = Optional.empty();
    private Optional<String> failsAfter = Optional.empty();

    @Override
    public void append(ConsentChange change) throws IOException {
      failAt(failsBefore, change);
      ids.add(change.id());
      failAt(failsAfter, change);
    }

    private static void failAt(Optional<String> place, ConsentChange change) throws IOException {
      if (place.filter(change.id()::equals).isPresent()) {
        throw new IOException("disk full");
      }
    }

    @Override
    public boolean has(String id) {
      looked.add(id);
      return ids.contains(id);
    }
  }

  private static ConsentChange change(String id) {
    return new ConsentChange(
        id,
        Instant.EPOCH,
        Optional.of(Purpose.USAGE),
        Optional.empty(),
        ConsentState.UNSET,
        ConsentState.DENIAL,
        Way.SHELL,
        "anna",
        "");
  }

  private Set<String> relay(ConsentChange... changes) {
    return relay.relay(List.of(changes), change -> Optional.empty());
  }

  private static AnswerBook noting(ConsentChange... changes) {
    return AnswerBook.EMPTY.withChanges(Map.of(), List.of(changes));
  }

  @Test
  void whatIsNewIsAddedInItsOrderWithoutALookAtTheJournal() {
    assertThat(relay(FIRST, SECOND)).containsExactlyInAnyOrder("first", "second");
    assertThat(journal.ids).containsExactly("first", "second");
    assertThat(journal.looked).isEmpty();
    assertThat(relay.hasFailed()).isFalse();
  }

  @Test
  void whatADiskNotesAsNotRecordedIsAddedOnlyWhereItIsMissing() throws IOException {
    journal.append(FIRST);
    relay.doubt(noting(FIRST, SECOND));
    assertThat(relay(FIRST, SECOND)).containsExactlyInAnyOrder("first", "second");
    assertThat(journal.ids).containsExactly("first", "second");
  }

  @Test
  void whatFailedIsTriedAgainAndNothingOvertakesIt() {
    journal.failsBefore = Optional.of("first");
    assertThat(relay(FIRST, SECOND)).isEmpty();
    assertThat(relay.hasFailed()).isTrue();
    journal.failsBefore = Optional.empty();
    assertThat(relay(FIRST, SECOND)).containsExactlyInAnyOrder("first", "second");
    assertThat(relay.hasFailed()).isFalse();
    assertThat(journal.ids).containsExactly("first", "second");
  }

  @Test
  void whatTheJournalTookBeforeItFailedIsThereOnce() {
    journal.failsAfter = Optional.of("first");
    assertThat(relay(FIRST)).isEmpty();
    journal.failsAfter = Optional.empty();
    assertThat(relay(FIRST)).containsExactly("first");
    assertThat(journal.ids).containsExactly("first");
  }

  @Test
  void whatCameBeforeAFailureIsDone() {
    journal.failsBefore = Optional.of("second");
    assertThat(relay(FIRST, SECOND)).containsExactly("first");
  }
}
