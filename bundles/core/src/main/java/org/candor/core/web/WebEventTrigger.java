package org.candor.core.web;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.TransportSink;
import org.candor.core.collect.Snapshot;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.QueuedMessage;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.reporting.MadeReport;
import org.candor.core.reporting.PreparedReport;
import org.candor.core.reporting.ReportTrigger;

/**
 * What people did in a product's web page. It comes by itself, see {@link WebEventReceiver}, and
 * leaves when there is much of it or the first of it has waited for a moment.
 */
public final class WebEventTrigger implements ReportTrigger {

  /** How long what comes first waits for company. */
  public static final Duration MOMENT = Duration.ofSeconds(1);

  /** So many messages wait for nobody. */
  public static final int MANY = 1_000;

  /** After so many payloads in a row others get their turn: the status, and commands. */
  private static final int MOST_IN_A_ROW = 50;

  private final String channel;
  private final Outbox outbox;
  private final Plugins plugins;
  private final WebEventReceiver receiver;
  private final WakeUpTimer timer;
  private final Clock clock;
  private int inARow;

  public WebEventTrigger(
      String channel,
      Outbox outbox,
      Plugins plugins,
      WebEventReceiver receiver,
      WakeUpTimer timer,
      Clock clock) {
    this.channel = channel;
    this.outbox = outbox;
    this.plugins = plugins;
    this.receiver = receiver;
    this.timer = timer;
    this.clock = clock;
  }

  @Override
  public Optional<Instant> due(ChannelSettings settings, Instant readySince, OutboxView queue) {
    return Optional.empty();
  }

  @Override
  public Optional<PreparedReport> report(
      ChannelSettings settings, ReportFormatter formatter, OutboxView queue) {
    // It is in the outbox already.
    return Optional.empty();
  }

  @Override
  public boolean isRipe(OutboxView queue) {
    Optional<Duration> rest = rest(queue);
    inARow = rest.isPresent() ? 0 : inARow + 1;
    if (inARow > MOST_IN_A_ROW) {
      inARow = 0;
      rest = Optional.of(Duration.ZERO);
    }
    rest.ifPresentOrElse(timer::within, receiver::workerComes);
    return rest.isEmpty();
  }

  /** How long what waits should wait on; empty when no longer. */
  private Optional<Duration> rest(OutboxView queue) {
    if (queue.head().isEmpty() || queue.queued() >= MANY) {
      return Optional.empty();
    }
    Duration waited = Duration.between(queue.head().get().at(), clock.instant());
    return waited.isNegative() || waited.compareTo(MOMENT) >= 0
        ? Optional.empty()
        : Optional.of(MOMENT.minus(waited));
  }

  @Override
  public void clear() throws IOException {
    receiver.clear();
  }

  @Override
  public MadeReport preview(ChannelSettings settings, ReportFormatter formatter)
      throws IOException {
    BatchLimit next =
        plugins.sink(settings.sink()).map(TransportSink::batchLimit).orElse(BatchLimit.ONE_MESSAGE);
    return new MadeReport(
        new Snapshot(clock.instant(), List.of(), List.of()),
        outbox.peek(channel, next).stream().map(QueuedMessage::message).toList());
  }
}
