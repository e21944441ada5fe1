package org.candor.api.document;

import java.util.List;
import org.candor.api.control.JournalEntry;
import org.candor.api.control.JournalPart;

/**
 * The record of what left, or the newest entries of it that were looked for.
 *
 * @param matching how many there are, with those that were left out
 * @param total how many entries the journal holds
 */
public record SentDocument(List<JournalEntry> entries, long matching, long total) {

  public static SentDocument of(JournalPart part) {
    return new SentDocument(part.entries(), part.matching(), part.total());
  }
}
