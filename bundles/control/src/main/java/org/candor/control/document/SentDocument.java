package org.candor.control.document;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentEntry;
import org.candor.control.ConsentState;
import org.candor.control.JournalEntry;
import org.candor.control.JournalItem;
import org.candor.control.JournalPart;
import org.candor.control.Way;

/**
 * The newest entries of the journal that were looked for, each with its kind.
 *
 * @param matching how many there are, with those that were left out
 * @param total how many entries the journal holds, of the kinds that were looked for
 */
public record SentDocument(List<Entry> entries, long matching, long total) {

  public static SentDocument of(JournalPart<?> part) {
    return new SentDocument(
        part.entries().stream().map(Entry::of).toList(), part.matching(), part.total());
  }

  /** An entry; its kind is its first key. */
  public sealed interface Entry {

    private static Entry of(JournalItem item) {
      return item instanceof ConsentEntry consent
          ? Consent.of(consent)
          : Attempt.of((JournalEntry) item);
    }
  }

  /** An attempt to send; the components after the kind are those of {@link JournalEntry}. */
  public record Attempt(
      String kind,
      String id,
      Instant at,
      String channel,
      Purpose purpose,
      String allowedBy,
      long bytes,
      String digest,
      String endpoint,
      Outcome outcome,
      String answer,
      String previous)
      implements Entry {

    private static Attempt of(JournalEntry entry) {
      return new Attempt(
          "attempt",
          entry.id(),
          entry.at(),
          entry.channel(),
          entry.purpose(),
          entry.allowedBy(),
          entry.bytes(),
          entry.digest(),
          entry.endpoint(),
          entry.outcome(),
          entry.answer(),
          entry.previous());
    }
  }

  /**
   * A change of what is allowed; the components between are those of {@link ConsentChange}.
   *
   * @param previous as in {@link ConsentEntry}
   */
  public record Consent(
      String kind,
      String id,
      Instant at,
      Optional<Purpose> purpose,
      Optional<String> channel,
      ConsentState from,
      ConsentState to,
      Way way,
      String by,
      String address,
      String previous)
      implements Entry {

    private static Consent of(ConsentEntry entry) {
      ConsentChange change = entry.change();
      return new Consent(
          "consent",
          change.id(),
          change.at(),
          change.purpose(),
          change.channel(),
          change.from(),
          change.to(),
          change.way(),
          change.by(),
          change.address(),
          entry.previous());
    }
  }
}
