package org.candor.core.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rate-limited log of lost messages: at once, and then once in a while, since a full outbox loses
 * something with everything it takes.
 */
final class LossLog {

  private static final Logger log = LoggerFactory.getLogger(LossLog.class);
  private static final Duration QUIET = Duration.ofHours(1);

  private final Map<String, Long> uncommitted = new TreeMap<>();
  private final Map<String, Long> untold = new TreeMap<>();
  private Optional<Instant> told = Optional.empty();

  void add(String channel, String reason, long count) {
    uncommitted.merge(channel + ": " + reason, count, Long::sum);
  }

  /** The losses since the last commit did not come to be. */
  void forget() {
    uncommitted.clear();
  }

  /** The losses since the last commit are for good. */
  void tell(Instant now) {
    uncommitted.forEach((what, count) -> untold.merge(what, count, Long::sum));
    uncommitted.clear();
    boolean lately =
        told.filter(at -> !at.isAfter(now) && now.isBefore(at.plus(QUIET))).isPresent();
    if (!untold.isEmpty() && !lately) {
      untold.forEach(
          (what, count) ->
              log.warn(
                  "{} lost for good, of {}.",
                  count == 1 ? "1 queued message is" : count + " queued messages are",
                  what));
      untold.clear();
      told = Optional.of(now);
    }
  }
}
