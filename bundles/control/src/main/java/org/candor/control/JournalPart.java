package org.candor.control;

import java.util.List;

/**
 * The newest entries of the journal that were looked for.
 *
 * @param <E> their kind, or any kind
 * @param entries the oldest of them first
 * @param matching how many there are, with those that were left out
 * @param total how many entries of this kind the journal holds
 */
public record JournalPart<E extends JournalItem>(List<E> entries, long matching, long total) {

  public JournalPart {
    entries = List.copyOf(entries);
  }
}
