package org.candor.core.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.api.report.Message;
import org.candor.api.sink.TransportSink;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.Pause;

/**
 * Rate limiting by the endpoint: until when it asked to be left alone by this channel ({@code
 * Retry-After}), or with messages of the category that waits. Asks no disk. Thread-safe.
 */
public final class EndpointHold {

  /** What an endpoint may ask for; a slip of its clock must not silence a channel for years. */
  static final Duration LONGEST = Duration.ofDays(1);

  private final Clock clock;

  public EndpointHold(Clock clock) {
    this.clock = clock;
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
    Instant now = clock.instant();
    Optional<Instant> pause =
        queue
            .memory()
            .pause()
            .filter(one -> one.endpoint().equals(endpoint) && !(asked && one.yields()))
            .map(Pause::until);
    Optional<Instant> limit =
        first.flatMap(message -> queue.limits().end(endpoint, category(sink, message)));
    return Stream.of(pause, limit)
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .filter(until -> until.isAfter(now))
        .filter(until -> !until.isAfter(now.plus(LONGEST)));
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
