package org.candor.core.work;

/** Monotonic clock: elapsed time, which nobody can set. */
@FunctionalInterface
public interface Ticker {

  /** Nanoseconds since some moment of this process. */
  long nanos();
}
