package org.candor.rest.gate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts attempts, so that nobody tries passwords for long. Safe for several threads. */
final class Attempts {

  private final int most;
  private final Duration window;
  private final Clock clock;
  private final Map<String, Deque<Instant>> attempts;

  /**
   * @param most attempts within the window
   * @param keys how many are kept; beyond, the one that was not heard of for longest goes
   */
  Attempts(int most, Duration window, int keys, Clock clock) {
    this.most = most;
    this.window = window;
    this.clock = clock;
    this.attempts =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > keys;
          }
        };
  }

  /**
   * Counts an attempt that is about to be made, unless there were too many.
   *
   * @return how long to wait; empty when it may be made
   */
  synchronized Optional<Duration> take(String key) {
    Instant now = clock.instant();
    Deque<Instant> taken = attempts.computeIfAbsent(key, k -> new ArrayDeque<>());
    while (!taken.isEmpty() && !taken.peekFirst().plus(window).isAfter(now)) {
      taken.removeFirst();
    }
    if (taken.size() >= most) {
      return Optional.of(Duration.between(now, taken.peekFirst().plus(window)));
    }
    taken.addLast(now);
    return Optional.empty();
  }

  /** An attempt that was counted is none to be afraid of. */
  synchronized void giveBack(String key) {
    Deque<Instant> taken = attempts.get(key);
    if (taken != null) {
      taken.pollLast();
      if (taken.isEmpty()) {
        attempts.remove(key);
      }
    }
  }
}
