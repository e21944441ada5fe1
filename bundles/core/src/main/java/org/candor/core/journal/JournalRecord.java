package org.candor.core.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.control.JournalEntry;

/**
 * Journal record: an attempt to send, before it has its place in the log.
 *
 * @param messages ids of the messages that the payload carries; those of a batch are only known
 *     until it is in the journal, which keeps them apart
 * @param batch what the entry says of them instead, when they are web events: whatever a batch
 *     carries, its entry has a few hundred bytes. The other components are those of {@link
 *     JournalEntry}
 */
public record JournalRecord(
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
    List<String> messages,
    Optional<BatchDigest> batch)
    implements ChainEntry {

  public JournalRecord {
    messages = List.copyOf(messages);
  }

  /** An attempt whose messages are named one by one. */
  public JournalRecord(
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
      List<String> messages) {
    this(
        id,
        at,
        channel,
        purpose,
        allowedBy,
        bytes,
        digest,
        endpoint,
        outcome,
        answer,
        messages,
        Optional.empty());
  }

  /** The same attempt with its end. */
  public JournalRecord ended(Outcome outcome, String answer) {
    return new JournalRecord(
        id, at, channel, purpose, allowedBy, bytes, digest, endpoint, outcome, answer, messages,
        batch);
  }

  /** The same attempt at web events, of which there may be very many. */
  public JournalRecord ofWebEvents() {
    return with(messages, Optional.of(BatchDigest.of(messages)));
  }

  /** The same attempt with the ids that were kept apart. */
  JournalRecord carrying(List<String> ids) {
    return with(ids, batch);
  }

  private JournalRecord with(List<String> ids, Optional<BatchDigest> digest) {
    return new JournalRecord(
        id,
        at,
        channel,
        purpose,
        allowedBy,
        bytes,
        this.digest,
        endpoint,
        outcome,
        answer,
        ids,
        digest);
  }

  /**
   * Whether its messages need no further attempt. Messages that were refused together are tried
   * again one by one, and those of an aborted attempt are erased in an entry of their own.
   */
  public boolean isSettled() {
    return switch (outcome) {
      case DELIVERED -> true;
      case REFUSED -> batch.map(BatchDigest::count).orElse((long) messages.size()) == 1;
      case WITHDRAWN -> bytes == 0;
      case RETRY, INTERRUPTED -> false;
    };
  }

  @Override
  public JournalEntry entry(String previous) {
    return new JournalEntry(
        id, at, channel, purpose, allowedBy, bytes, digest, endpoint, outcome, answer, previous);
  }
}
