package org.candor.rest.product;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Rate limiter with a token bucket for each client, which fills as time passes, up to what a minute
 * brings. A request that finds one in it is taken whole, however large, and the next ones wait
 * until the debt is paid. Thread-safe.
 */
final class EventRateLimiter {

  private static final double MINUTE = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets;

  /**
   * @param most how many clients are remembered; beyond, the one that was not heard of for longest
   *     is forgotten
   * @param nanos {@link System#nanoTime()}
   */
  EventRateLimiter(int most, LongSupplier nanos) {
    this.nanos = nanos;
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
   * @param perMinute what a minute brings
   * @return zero when it may send now
   */
  synchronized Duration wait(String client, long perMinute) {
    Bucket bucket = bucket(client, perMinute);
    return bucket.left >= 1
        ? Duration.ZERO
        : Duration.ofNanos((long) ((1 - bucket.left) * MINUTE / perMinute));
  }

  /** A client has sent so many. */
  synchronized void spend(String client, long perMinute, int events) {
    bucket(client, perMinute).left -= events;
  }

  private Bucket bucket(String client, long perMinute) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.computeIfAbsent(client, key -> new Bucket(now, perMinute));
    bucket.left = Math.min(perMinute, bucket.left + (now - bucket.filledAt) * (perMinute / MINUTE));
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
