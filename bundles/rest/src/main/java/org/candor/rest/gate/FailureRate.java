package org.candor.rest.gate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Failed attempts of each key, of which half are forgotten after a minute (exponential decay).
 * Thread-safe.
 */
final class FailureRate {

  private static final double HALF_LIFE = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private final Map<String, Failures> failures;

  private record Failures(double count, long at) {

    double left(long now) {
      return count * Math.pow(0.5, (now - at) / HALF_LIFE);
    }
  }

  /**
   * @param keys how many are kept; beyond, the one that was not heard of for longest goes
   * @param nanos {@link System#nanoTime()}
   */
  FailureRate(int keys, LongSupplier nanos) {
    this.nanos = nanos;
    this.failures =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > keys;
          }
        };
  }

  /** What is left of a key's failures. */
  synchronized double of(String key) {
    Failures failed = failures.get(key);
    return failed == null ? 0 : failed.left(nanos.getAsLong());
  }

  /** Counts one more. */
  synchronized void add(String key) {
    failures.put(key, new Failures(of(key) + 1, nanos.getAsLong()));
  }
}
