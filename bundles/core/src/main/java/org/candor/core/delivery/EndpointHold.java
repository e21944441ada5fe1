package org.candor.core.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.api.report.Message;
import org.candor.api.sink.TransportSink;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.Pause;
import org.candor.core.work.Ticker;

/**
 * Rate limiting by the endpoint: until when it asked to be left alone by this channel ({@code
 * Retry-After}), or with messages of the category that waits. How long that is counts from the
 * moment it is seen first, in elapsed time, whatever becomes of the clock. Asks no disk.
 * Thread-safe.
 */
public final class EndpointHold {

  /** What an endpoint may ask for; a slip of its clock must not silence a channel for years. */
  static final Duration LONGEST = Duration.ofDays(1);

  /** More than there are at a time, over and not yet forgotten. */
  private static final int MOST_ENDS = 100;

  private final Clock clock;
  private final Ticker ticker;

  /** When each hold ends in elapsed time, by when it ends by the clock. */
  private final Map<Instant, Long> ends =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Instant, Long> eldest) {
          return size() > MOST_ENDS;
        }
      };

  public EndpointHold(Clock clock, Ticker ticker) {
    this.clock = clock;
    this.ticker = ticker;
  }

  /**
   * Until when nothing is to be sent; empty when something may be now.
   *
   * @param endpoint where the sink sends to
   * @param asked whether somebody asks, for whom our own habits need not count
   * @param first the message that would go first; empty when none waits
   * @param queue the channel's queue now
   */
  public Optional<Instant> until(
      TransportSink sink,
      String endpoint,
      boolean asked,
      Optional<Message> first,
      OutboxView queue) {
    Optional<Instant> pause =
        queue
            .memory()
            .pause()
            .filter(one -> one.endpoint().equals(endpoint) && !(asked && one.yields()))
            .map(Pause::until);
    Optional<Instant> limit =
        first.flatMap(message -> queue.limits().end(endpoint, category(sink, message)));
    Instant now = clock.instant();
    return Stream.of(pause, limit)
        .flatMap(Optional::stream)
        .map(end -> left(end, now))
        .max(Duration::compareTo)
        .filter(left -> !left.isZero())
        .map(now::plus);
  }

  private synchronized Duration left(Instant end, Instant now) {
    long nanos = ticker.nanos();
    long over =
        ends.computeIfAbsent(
            end,
            first -> {
              Duration left = Duration.between(now, end);
              boolean isReal = !left.isNegative() && left.compareTo(LONGEST) <= 0;
              return nanos + (isReal ? left.toNanos() : 0);
            });
    return Duration.ofNanos(Math.max(0, over - nanos));
  }

  private static String category(TransportSink sink, Message message) {
    try {
      return sink.category(message);
    } catch (RuntimeException | LinkageError e) {
      // Then only what is said of all categories holds.
      return "";
    }
  }
}
