package org.candor.core.journal;

import java.time.Instant;
import java.util.List;
import org.candor.api.consent.Purpose;
import org.candor.api.sink.Outcome;
import org.candor.control.JournalEntry;

/**
 * Journal record: an attempt to send, before it has its place in the hash chain.
 *
 * @param messages ids of the messages that the payload carries; the other components are those of
 *     {@link JournalEntry}
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
    List<String> messages)
    implements ChainEntry {

  public JournalRecord {
    messages = List.copyOf(messages);
  }

  /** The same attempt with its end. */
  public JournalRecord ended(Outcome outcome, String answer) {
    return new JournalRecord(
        id, at, channel, purpose, allowedBy, bytes, digest, endpoint, outcome, answer, messages);
  }

  /**
   * Whether its messages need no further attempt. Messages that were refused together are tried
   * again one by one, and those of an aborted attempt are erased in an entry of their own.
   */
  public boolean isSettled() {
    return switch (outcome) {
      case DELIVERED -> true;
      case REFUSED -> messages.size() == 1;
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
