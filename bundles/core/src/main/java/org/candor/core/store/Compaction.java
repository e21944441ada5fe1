package org.candor.core.store;

/**
 * Compaction policy: when a copy without the freed space is worth its cost, so that a file stays
 * within a bound.
 */
final class Compaction {

  /** Bytes after the last compaction. */
  private long compacted;

  /**
   * How much content a file of at most so many bytes may hold: a quarter. Two more quarters are
   * what the store has freed and not yet used again, the last is the copy that gives it all back.
   */
  static long mayHold(long maxBytes) {
    return maxBytes / 4;
  }

  /**
   * Whether a file has grown to three quarters of its bound, and a copy would not gain little, as
   * it does where nearly all is content.
   */
  boolean isDue(long size, long maxBytes) {
    return size > maxBytes / 4 * 3 && size >= compacted + compacted / 2;
  }

  /** Notes how large the copy became. */
  void done(long size) {
    compacted = size;
  }
}
