package org.candor.core.channel;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.candor.api.report.ReportFormatter;
import org.candor.core.identity.Identity;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.Outbox;

/** What the sources see, once in every interval. */
final class TimedAgenda implements Agenda {

  private final String channel;
  private final Identity identity;
  private final Outbox outbox;
  private final Reporter reporter;
  private final Clock clock;
  private final long era;

  TimedAgenda(String channel, Identity identity, Outbox outbox, Reporter reporter, Clock clock) {
    this.channel = channel;
    this.identity = identity;
    this.outbox = outbox;
    this.reporter = reporter;
    this.clock = clock;
    this.era = outbox.era();
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
    Reporter.Made made = reporter.report(settings, formatter);
    if (mayQueue.getAsBoolean()) {
      outbox.within(
          era, () -> outbox.accept(channel, made.messages(), memory -> memory.reported(now)));
    }
  }

  @Override
  public void clear() {
    // A moment that passes while the owner says no is simply gone.
  }

  @Override
  public Reporter.Made preview(ChannelSettings settings, ReportFormatter formatter)
      throws IOException {
    return reporter.report(settings, formatter);
  }
}
