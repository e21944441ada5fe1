package org.candor.core.store;

/** Disk quota holder: a store that has a part of {@code maxBytes} to itself, whatever others do. */
public enum StorePart {
  /** What waits. */
  OUTBOX(38),
  /** What was sent and what was allowed, payloads included. */
  JOURNAL(40),
  CRASHES(15),
  HISTORY(5),
  /** Nothing: room that is given back on a volume that is full. */
  RESERVE(2);

  private final int percent;

  StorePart(int percent) {
    this.percent = percent;
  }

  /** Its part of all stores, in percent. */
  public int percent() {
    return percent;
  }
}
