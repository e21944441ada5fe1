package org.candor.core.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.candor.api.crash.Crash;

/**
 * Rate limit with exponential back-off: what is remembered of crashes alike. The first few within a
 * minute are reported one by one; those after them are counted, and their number is reported at the
 * end of the minute. While that goes on, each period in which they are only counted is twice as
 * long as the one before, an hour at most.
 *
 * @param since when the period began
 * @param period how long it is
 * @param reported how many of this period were reported one by one
 * @param loop those that were only counted; empty when there are none yet
 */
record Repetition(Instant since, Duration period, int reported, Optional<CrashLoop> loop) {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** How many are reported one by one. */
  static final int FEW = 3;

  static Repetition begun(Instant now) {
    return new Repetition(now, SHORTEST, 0, Optional.empty());
  }

  /** Whether nothing that happens now is a repetition of what happened then. */
  boolean isOver(Instant now) {
    return loop.isEmpty() && !now.isBefore(end()) || now.isBefore(since);
  }

  /** Whether the number of those that were counted is to be reported. */
  boolean isDue(Instant now) {
    return loop.isPresent() && (!now.isBefore(end()) || now.isBefore(since));
  }

  boolean isFolding() {
    return reported >= FEW;
  }

  Repetition oneReported() {
    return new Repetition(since, period, reported + 1, loop);
  }

  /**
   * One more that is only counted.
   *
   * @param component which it is; see {@link CrashShares#key}
   */
  Repetition oneCounted(Crash crash, String component) {
    CrashLoop more =
        loop.map(CrashLoop::oneMore).orElseGet(() -> new CrashLoop(crash, component, 1));
    return new Repetition(since, period, reported, Optional.of(more));
  }

  /** With as much of the first crash's stack as fits into so many bytes. */
  Repetition within(int bytes) {
    return new Repetition(since, period, reported, loop.map(known -> known.within(bytes)));
  }

  /** The period after one in which crashes were counted. */
  Repetition next(Instant now) {
    Duration twice = period.multipliedBy(2);
    return new Repetition(
        now, twice.compareTo(LONGEST) > 0 ? LONGEST : twice, FEW, Optional.empty());
  }

  Instant end() {
    return since.plus(period);
  }
}
