package org.candor.rest.gate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Login throttle: counts failed attempts in a sliding window for each key, so that nobody can try
 * passwords for long. Thread-safe.
 */
final class LoginThrottle {

  private final int most;
  private final Duration window;
  private final Clock clock;
  private final Map<String, Deque<Instant>> failures;

  /**
   * @param most failures within the window
   * @param keys how many are kept; beyond, the one that was not heard of for longest goes
   */
  LoginThrottle(int most, Duration window, int keys, Clock clock) {
    this.most = most;
    this.window = window;
    this.clock = clock;
    this.failures =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > keys;
          }
        };
  }

  /** How long to wait until an attempt may be made; empty when one may be made now. */
  synchronized Optional<Duration> pause(String key) {
    Deque<Instant> failed = failures.get(key);
    return failed == null ? Optional.empty() : pause(failed, clock.instant());
  }

  /**
   * Counts an attempt that failed, unless too many others did while it was made.
   *
   * @return how long to wait when there were too many; then nobody may be told that it failed
   */
  synchronized Optional<Duration> failed(String key) {
    Instant now = clock.instant();
    Deque<Instant> failed = failures.computeIfAbsent(key, k -> new ArrayDeque<>());
    Optional<Duration> pause = pause(failed, now);
    if (pause.isEmpty()) {
      failed.addLast(now);
    }
    return pause;
  }

  private Optional<Duration> pause(Deque<Instant> failed, Instant now) {
    // A clock that was set back must not make anybody wait for longer than the window.
    int all = failed.size();
    failed.removeIf(at -> at.isAfter(now));
    while (failed.size() < all) {
      failed.addLast(now);
    }
    while (!failed.isEmpty() && !failed.peekFirst().plus(window).isAfter(now)) {
      failed.removeFirst();
    }
    return failed.size() < most
        ? Optional.empty()
        : Optional.of(Duration.between(now, failed.peekFirst().plus(window)));
  }
}
