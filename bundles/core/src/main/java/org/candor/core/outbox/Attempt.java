package org.candor.core.outbox;

import java.util.List;
import org.candor.core.journal.JournalRecord;

/**
 * An attempt that has begun and not ended.
 *
 * @param record what the journal will say of it
 * @param numbers of the queued messages that it carries
 */
public record Attempt(JournalRecord record, List<Long> numbers) {

  public Attempt {
    numbers = List.copyOf(numbers);
  }
}
