package org.candor.source.kubernetes;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Log rate limiter (fixed window): so many lines a minute, and one that says so. Thread-safe. */
final class LogLimit {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final int most;
  private final Runnable whenFull;
  private final LongSupplier nanoTime;
  private long began;
  private int written;

  /**
   * @param most lines a minute
   * @param whenFull writes the last line of a minute that would have more
   */
  LogLimit(int most, Runnable whenFull, LongSupplier nanoTime) {
    this.most = most;
    this.whenFull = whenFull;
    this.nanoTime = nanoTime;
  }

  /** Writes a line, if it is none too many. */
  synchronized void write(Runnable line) {
    long now = nanoTime.getAsLong();
    if (written == 0 || now - began >= MINUTE) {
      began = now;
      written = 0;
    }
    if (written < most) {
      line.run();
    } else if (written == most) {
      whenFull.run();
    }
    written = Math.min(written + 1, most + 1);
  }
}
