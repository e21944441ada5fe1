package org.candor.api.control;

import java.util.List;
import java.util.Optional;
import org.candor.api.Bytes;

/** The record of what left. */
public interface Journal {

  /** The newest entries, oldest of them first. */
  List<JournalEntry> entries(int newest);

  /** Follows the chain of digests from its beginning. */
  Verification verify();

  /** The payload of an entry as it left; empty when there is none of that id or it has expired. */
  Optional<Bytes> payload(String id);

  /**
   * Whether the chain holds.
   *
   * @param entries how many there are
   * @param intact whether none was changed, removed or swapped
   * @param firstBroken the id of the first entry that does not fit
   */
  record Verification(long entries, boolean intact, Optional<String> firstBroken) {}
}
