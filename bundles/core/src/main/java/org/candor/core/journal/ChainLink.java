package org.candor.core.journal;

import org.candor.control.JournalItem;

/**
 * Link of the hash chain: what an entry says, in its place.
 *
 * @param number from 1
 * @param previous digest of the one before it
 */
record ChainLink(long number, ChainEntry entry, String previous) {

  JournalItem item() {
    return entry.entry(previous);
  }
}
