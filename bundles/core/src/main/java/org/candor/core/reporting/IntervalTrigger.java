package org.candor.core.reporting;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.candor.api.report.ReportFormatter;
import org.candor.core.identity.Identity;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.OutboxView;
import org.candor.core.plugin.ChannelSettings;

/** Periodic report trigger: what the sources see, once in every interval. */
public final class IntervalTrigger implements ReportTrigger {

  private final String channel;
  private final Identity identity;
  private final ReportMaker reports;
  private final Clock clock;

  public IntervalTrigger(String channel, Identity identity, ReportMaker reports, Clock clock) {
    this.channel = channel;
    this.identity = identity;
    this.reports = reports;
    this.clock = clock;
  }

  @Override
  public Optional<Instant> due(ChannelSettings settings, Instant readySince, OutboxView queue)
      throws IOException {
    ChannelMemory memory = queue.memory();
    return Optional.of(
        Schedule.of(settings.interval(), identity.clusterId(), channel)
            .next(memory.lastReport().orElse(memory.since()), readySince));
  }

  @Override
  public Optional<PreparedReport> report(
      ChannelSettings settings, ReportFormatter formatter, OutboxView queue) throws IOException {
    Instant now = clock.instant();
    return Optional.of(
        new PreparedReport(
            reports.report(settings, formatter).messages(),
            memory -> memory.reported(now),
            () -> {},
            true));
  }

  @Override
  public void clear() {
    // A moment that passes while the owner denies is simply gone.
  }

  @Override
  public MadeReport preview(ChannelSettings settings, ReportFormatter formatter)
      throws IOException {
    return reports.report(settings, formatter);
  }
}
