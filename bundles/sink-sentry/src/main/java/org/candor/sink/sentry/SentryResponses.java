package org.candor.sink.sentry;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.candor.api.sink.Receipt;
import org.candor.http.HttpAnswer;
import org.candor.http.Receipts;

/**
 * Rate limits: what Sentry's answers mean: as any endpoint's, and the limits that it sets by
 * category, which may come with any status. A 429 that tells none limits all, for as long as {@code
 * Retry-After} says or for a minute.
 */
final class SentryResponses {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration MINUTE = Duration.ofSeconds(60);

  private final Receipts receipts;

  SentryResponses(Clock clock) {
    this.receipts = new Receipts(clock);
  }

  Receipt of(HttpAnswer answer) {
    Receipt receipt = receipts.of(answer);
    Optional<Map<String, Duration>> limits =
        RateLimits.read(
            answer.headers().getOrDefault(RateLimits.HEADER.toLowerCase(Locale.ROOT), List.of()));
    if (answer.status() == TOO_MANY_REQUESTS) {
      return receipt.limiting(
          limits.orElseGet(() -> Map.of(RateLimits.ALL, receipt.pause().orElse(MINUTE))));
    }
    Receipt limited = receipt.limiting(limits.orElse(Map.of()));
    return receipt.pause().map(limited::pausing).orElse(limited);
  }
}
