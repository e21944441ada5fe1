package org.candor.core.journal;

import org.candor.core.store.StorePart;
import org.candor.core.store.StoreSettings;

/**
 * Storage quota: what the journal may hold, so that a flood of web events costs nobody else's
 * entries their place.
 *
 * @param file bytes on disk, at which the file is compacted at the latest
 * @param all bytes of content
 * @param record of these, for the entries that are not about web events, and for the hashes of all
 *     that went
 * @param web of these, for entries about web events, with the ids that they carried; payloads have
 *     the rest
 */
record Allowance(long file, long all, long record, long web) {

  static Allowance of(StoreSettings settings) {
    long disk = settings.budget().bytesFor(StorePart.JOURNAL);
    // A compaction begins at three quarters of the file's bound, four fifths of the disk's, and its
    // copy needs as much again as the content: 3/5 + 3/8 is a little less than all.
    return new Allowance(disk / 5 * 4, disk / 8 * 3, disk / 16 * 5, disk / 25);
  }
}
