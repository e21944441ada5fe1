package org.candor.core.journal;

/** What stands in the log, in the order of numbers, when it is walked through. */
sealed interface LogItem {

  /** Number of the last entry that it stands for. */
  long to();

  /**
   * An entry that is kept.
   *
   * @param carriesWhatItSays whether its payload and the ids kept beside it have the digests that
   *     it names, or are gone
   */
  record Kept(long number, byte[] line, boolean carriesWhatItSays) implements LogItem {
    @Override
    public long to() {
      return number;
    }
  }

  /** Entries that went. */
  record Gone(PrunedRange range) implements LogItem {
    @Override
    public long to() {
      return range.to();
    }
  }

  /** Numbers of which nothing is there, not even a hash. */
  record Missing(long from, long to) implements LogItem {}
}
