package org.candor.rest.product;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Rate limiter with a token bucket for each client, which fills as time passes, up to what a period
 * brings. A request that finds one in it is taken whole, however large, and the next ones wait
 * until the debt is paid. Thread-safe.
 */
final class EventRateLimiter {

  private final LongSupplier nanos;
  private final double period;
  private final Map<String, Bucket> buckets;

  /**
   * @param most how many clients are remembered; beyond, the one that was not heard of for longest
   *     is forgotten
   * @param period the time for which rates are given
   * @param nanos {@link System#nanoTime()}
   */
  EventRateLimiter(int most, Duration period, LongSupplier nanos) {
    this.nanos = nanos;
    this.period = period.toNanos();
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > most;
          }
        };
  }

  /**
   * How long a client has to wait.
   *
   * @param rate what a period brings
   * @return zero when it may send now
   */
  synchronized Duration wait(String client, long rate) {
    Bucket bucket = bucket(client, rate);
    return bucket.left >= 1
        ? Duration.ZERO
        : Duration.ofNanos((long) ((1 - bucket.left) * period / rate));
  }

  /** A client has sent so many. */
  synchronized void spend(String client, long rate, int events) {
    bucket(client, rate).left -= events;
  }

  private Bucket bucket(String client, long rate) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.computeIfAbsent(client, key -> new Bucket(now, rate));
    bucket.left = Math.min(rate, bucket.left + (now - bucket.filledAt) * (rate / period));
    bucket.filledAt = now;
    return bucket;
  }

  private static final class Bucket {

    private long filledAt;
    private double left;

    private Bucket(long filledAt, double left) {
      this.filledAt = filledAt;
      this.left = left;
    }
  }
}
