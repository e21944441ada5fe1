package org.candor.sink.sentry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the header {@code X-Sentry-Rate-Limits}: limits between commas, each {@code
 * SECONDS:CATEGORIES:SCOPE} and perhaps more, the categories between semicolons.
 *
 * <p>Format: https://develop.sentry.dev/sdk/expected-features/rate-limiting/
 */
final class RateLimits {

  static final String HEADER = "X-Sentry-Rate-Limits";

  /** Crashes. */
  static final String ERROR = "error";

  /** Daily reports. */
  static final String DEFAULT = "default";

  /** All there are. */
  static final String ALL = "";

  private static final Set<String> KNOWN = Set.of(ERROR, DEFAULT);
  private static final Pattern SECONDS = Pattern.compile("\\d+(\\.\\d+)?");
  private static final Duration MOST = Duration.ofDays(1);

  private RateLimits() {}

  /**
   * How long which categories are limited, a day at most.
   *
   * @param headers the header as often as it came
   * @return nothing when no part of it is a limit; none when all limits are for others
   */
  static Optional<Map<String, Duration>> read(List<String> headers) {
    Map<String, Duration> limits = new HashMap<>();
    boolean any = false;
    for (String part : String.join(",", headers).split(",")) {
      String[] fields = part.split(":", -1);
      Optional<Duration> time = time(fields[0].strip());
      any |= time.isPresent();
      time.filter(limit -> !limit.isZero())
          .ifPresent(limit -> add(limits, limit, fields.length > 1 ? fields[1].strip() : ""));
    }
    return any ? Optional.of(limits) : Optional.empty();
  }

  private static void add(Map<String, Duration> limits, Duration limit, String categories) {
    if (categories.isEmpty()) {
      limits.merge(ALL, limit, RateLimits::longer);
      return;
    }
    for (String category : categories.split(";")) {
      if (KNOWN.contains(category.strip())) {
        limits.merge(category.strip(), limit, RateLimits::longer);
      }
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static Optional<Duration> time(String seconds) {
    if (!SECONDS.matcher(seconds).matches()) {
      return Optional.empty();
    }
    BigDecimal millis =
        new BigDecimal(seconds).min(BigDecimal.valueOf(MOST.toSeconds())).movePointRight(3);
    return Optional.of(Duration.ofMillis(millis.setScale(0, RoundingMode.CEILING).longValue()));
  }
}
