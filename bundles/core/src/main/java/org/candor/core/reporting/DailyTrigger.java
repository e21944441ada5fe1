package org.candor.core.reporting;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.api.report.ReportFormatter;
import org.candor.core.identity.Identity;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.OutboxView;
import org.candor.core.plugin.ChannelSettings;

/**
 * Report trigger of the version check: a question a day and no more, where the channel's interval
 * is the day.
 *
 * <ul>
 *   <li>After a start it is asked at once, as soon as the channel may, unless it was within the
 *       last day: who was off for long wants to know at once, and a process that starts again and
 *       again must not ask again and again.
 *   <li>From then on at the cluster's own moment, but between 5/6 and 7/6 of a day (20 and 28
 *       hours) after the last time, as {@link Schedule#nextApart} has it.
 *   <li>The last time is when the question was made, or answered if that was later. A question that
 *       somebody asked for by a command counts as any other.
 *   <li>A question that has no answer yet is that day's question: it is tried again, no sooner than
 *       the sink wants, and no other is made before it is answered.
 * </ul>
 *
 * So of two answered questions that nobody asked for, none comes within 5/6 of a day of the one
 * before, and n days see n + 1 at the most.
 */
public final class DailyTrigger implements ReportTrigger {

  private final String channel;
  private final Identity identity;
  private final ReportTrigger regular;
  private final Clock clock;
  private Optional<Instant> start = Optional.empty();

  /**
   * @param regular makes the reports; when is decided here
   */
  public DailyTrigger(String channel, Identity identity, ReportTrigger regular, Clock clock) {
    this.channel = channel;
    this.identity = identity;
    this.regular = regular;
    this.clock = clock;
  }

  @Override
  public Optional<Instant> due(ChannelSettings settings, Instant readySince, OutboxView queue)
      throws IOException {
    if (isWaiting(queue)) {
      return Optional.empty();
    }
    // The earlier of both, since the clock may have been set back.
    Instant firstReady = start.filter(at -> at.isBefore(readySince)).orElse(readySince);
    start = Optional.of(firstReady);
    Optional<Instant> last = last(queue.memory());
    if (last.filter(at -> at.plus(settings.interval()).isAfter(firstReady)).isEmpty()) {
      return Optional.of(readySince);
    }
    return Optional.of(
        Schedule.of(settings.interval(), identity.clusterId(), channel)
            .nextApart(last.get(), readySince));
  }

  /** When the question was last made or answered, whichever is later; never in the future. */
  private Optional<Instant> last(ChannelMemory memory) {
    Instant now = clock.instant();
    return Stream.of(memory.lastReport(), memory.lastDelivery())
        .flatMap(Optional::stream)
        .filter(at -> !at.isAfter(now))
        .max(Comparator.naturalOrder());
  }

  private static boolean isWaiting(OutboxView queue) {
    return queue.queued() > 0;
  }

  @Override
  public Optional<PreparedReport> report(
      ChannelSettings settings, ReportFormatter formatter, OutboxView queue) throws IOException {
    return isWaiting(queue) ? Optional.empty() : regular.report(settings, formatter, queue);
  }

  @Override
  public void clear() throws IOException {
    regular.clear();
  }

  @Override
  public MadeReport preview(ChannelSettings settings, ReportFormatter formatter)
      throws IOException {
    return regular.preview(settings, formatter);
  }
}
