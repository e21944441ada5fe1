package org.candor.core.store;

/**
 * Disk quota: divides {@code maxBytes} among the stores, so that all together stay within it. A
 * part counts the file of a store and the copy that a compaction makes beside it. Immutable.
 *
 * @param maxBytes of all stores together
 */
public record StoreBudget(long maxBytes) {

  /** Bytes on disk that a store may take, its copy during a compaction included. */
  public long bytesFor(StorePart part) {
    return maxBytes / 100 * part.percent();
  }

  /** Bytes of content that a store may hold, so that it stays within {@link #bytesFor}. */
  public long contentOf(StorePart part) {
    return StoreFile.mayHold(bytesFor(part));
  }
}
