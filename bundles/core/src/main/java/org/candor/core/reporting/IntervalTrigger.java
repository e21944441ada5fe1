package org.candor.core.reporting;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.candor.api.report.ReportFormatter;
import org.candor.core.identity.Identity;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.Outbox;
import org.candor.core.plugin.ChannelSettings;

/** What the sources see, once in every interval. */
public final class IntervalTrigger implements ReportTrigger {

  private final String channel;
  private final Identity identity;
  private final Outbox outbox;
  private final ReportMaker reporter;
  private final Clock clock;
  private final long generation;

  public IntervalTrigger(
      String channel, Identity identity, Outbox outbox, ReportMaker reporter, Clock clock) {
    this.channel = channel;
    this.identity = identity;
    this.outbox = outbox;
    this.reporter = reporter;
    this.clock = clock;
    this.generation = outbox.generation();
  }

  @Override
  public Optional<Instant> due(ChannelSettings settings, Instant readySince) throws IOException {
    ChannelMemory memory = outbox.memory(channel);
    return Optional.of(
        Schedule.of(settings.interval(), identity.clusterId(), channel)
            .next(memory.lastReport().orElse(memory.since()), readySince));
  }

  @Override
  public void report(ChannelSettings settings, ReportFormatter formatter, BooleanSupplier mayQueue)
      throws IOException {
    Instant now = clock.instant();
    ReportMaker.MadeReport made = reporter.report(settings, formatter);
    if (mayQueue.getAsBoolean()) {
      outbox.within(
          generation,
          () -> outbox.accept(channel, made.messages(), memory -> memory.reported(now)));
    }
  }

  @Override
  public void clear() {
    // A moment that passes while the owner says no is simply gone.
  }

  @Override
  public ReportMaker.MadeReport preview(ChannelSettings settings, ReportFormatter formatter)
      throws IOException {
    return reporter.report(settings, formatter);
  }
}
