package org.candor.core.journal;

import org.candor.control.JournalItem;

/**
 * What an entry says, in its place in the chain.
 *
 * @param number from 1
 * @param previous digest of the one before it
 */
record ChainLink(long number, ChainEntry entry, String previous) {

  JournalItem item() {
    return entry.entry(previous);
  }
}
