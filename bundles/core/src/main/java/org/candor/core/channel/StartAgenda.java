package org.candor.core.channel;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.candor.api.report.ReportFormatter;
import org.candor.core.outbox.Outbox;

/**
 * What another agenda says, and once after each start besides: whoever has just upgraded, or was
 * off for long, wants to know at once. A start within the hour after a report needs none, so that a
 * process that starts again and again does not ask again and again.
 */
final class StartAgenda implements Agenda {

  private static final Duration RECENT = Duration.ofHours(1);

  private final String channel;
  private final Agenda regular;
  private final Outbox outbox;
  private final Clock clock;
  private boolean reported;

  StartAgenda(String channel, Agenda regular, Outbox outbox, Clock clock) {
    this.channel = channel;
    this.regular = regular;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public Optional<Instant> due(ChannelSettings settings, Instant readySince) throws IOException {
    if (isWaiting()) {
      return Optional.empty();
    }
    Optional<Instant> atStart = reported || isRecent() ? Optional.empty() : Optional.of(readySince);
    return Stream.of(atStart, regular.due(settings, readySince))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /** One question that waits for its answer is enough. */
  private boolean isWaiting() throws IOException {
    return outbox.count(channel) > 0;
  }

  private boolean isRecent() throws IOException {
    Instant now = clock.instant();
    return outbox
        .memory(channel)
        .lastReport()
        .filter(last -> last.plus(RECENT).isAfter(now))
        .isPresent();
  }

  @Override
  public void report(ChannelSettings settings, ReportFormatter formatter, BooleanSupplier mayQueue)
      throws IOException {
    if (!isWaiting()) {
      regular.report(settings, formatter, mayQueue);
    }
    reported = true;
  }

  @Override
  public void clear() throws IOException {
    regular.clear();
  }

  @Override
  public Reporter.Made preview(ChannelSettings settings, ReportFormatter formatter)
      throws IOException {
    return regular.preview(settings, formatter);
  }
}
