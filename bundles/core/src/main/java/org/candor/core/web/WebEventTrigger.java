package org.candor.core.web;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.TransportSink;
import org.candor.core.collect.Snapshot;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.QueuedMessage;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.reporting.ReportMaker;
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
  private final WebEventReceiver desk;
  private final WakeUpTimer pace;
  private final Clock clock;
  private int inARow;

  public WebEventTrigger(
      String channel,
      Outbox outbox,
      Plugins plugins,
      WebEventReceiver desk,
      WakeUpTimer pace,
      Clock clock) {
    this.channel = channel;
    this.outbox = outbox;
    this.plugins = plugins;
    this.desk = desk;
    this.pace = pace;
    this.clock = clock;
  }

  @Override
  public Optional<Instant> due(ChannelSettings settings, Instant readySince) {
    return Optional.empty();
  }

  @Override
  public void report(
      ChannelSettings settings, ReportFormatter formatter, BooleanSupplier mayQueue) {
    // It lies in the outbox already.
  }

  @Override
  public boolean isRipe() throws IOException {
    Optional<Duration> rest = rest();
    inARow = rest.isPresent() ? 0 : inARow + 1;
    if (inARow > MOST_IN_A_ROW) {
      inARow = 0;
      rest = Optional.of(Duration.ZERO);
    }
    rest.ifPresentOrElse(pace::within, desk::workerComes);
    return rest.isEmpty();
  }

  /** How long what waits should wait on; empty when no longer. */
  private Optional<Duration> rest() throws IOException {
    List<QueuedMessage> head = outbox.peek(channel, BatchLimit.ONE_MESSAGE);
    if (head.isEmpty() || outbox.count(channel) >= MANY) {
      return Optional.empty();
    }
    Duration waited = Duration.between(head.get(0).at(), clock.instant());
    return waited.isNegative() || waited.compareTo(MOMENT) >= 0
        ? Optional.empty()
        : Optional.of(MOMENT.minus(waited));
  }

  @Override
  public void clear() throws IOException {
    desk.clear();
  }

  @Override
  public ReportMaker.MadeReport preview(ChannelSettings settings, ReportFormatter formatter)
      throws IOException {
    BatchLimit next =
        plugins.sink(settings.sink()).map(TransportSink::batchLimit).orElse(BatchLimit.ONE_MESSAGE);
    return new ReportMaker.MadeReport(
        new Snapshot(clock.instant(), List.of(), List.of()),
        outbox.peek(channel, next).stream().map(QueuedMessage::message).toList());
  }
}
