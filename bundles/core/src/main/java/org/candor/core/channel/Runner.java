package org.candor.core.channel;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.api.control.Delivery;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.TransportSink;
import org.candor.core.channel.Gates.Passage;
import org.candor.core.identity.Identity;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.QueuedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due on a channel: erases, reports, delivers, and says when to come back. For one
 * thread at a time.
 */
final class Runner {

  private static final Logger log = LoggerFactory.getLogger(Runner.class);

  private final String channel;
  private final Identity identity;
  private final Outbox outbox;
  private final Gates gates;
  private final Reporter reporter;
  private final Courier courier;
  private final Backoff backoff;
  private final Clock clock;

  private boolean recovered;
  private boolean wasOff;
  private boolean offline;
  private int failures;
  private Optional<Instant> retryAt = Optional.empty();
  private Optional<Instant> readySince = Optional.empty();
  private Progress progress;

  Runner(
      String channel,
      Identity identity,
      Outbox outbox,
      Gates gates,
      Reporter reporter,
      Courier courier,
      Backoff backoff,
      Clock clock) {
    this.channel = channel;
    this.identity = identity;
    this.outbox = outbox;
    this.gates = gates;
    this.reporter = reporter;
    this.courier = courier;
    this.backoff = backoff;
    this.clock = clock;
    this.progress =
        new Progress(
            ChannelMemory.begun(clock.instant()), 0, Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * Does what is due.
   *
   * @param asked whether to report although it is not due, and to try although the last try failed
   */
  Progress step(ChannelSettings settings, boolean asked) {
    List<Delivery> deliveries = new ArrayList<>();
    try {
      if (!recovered) {
        courier.recover();
        recovered = true;
      }
      Passage passage = gates.check(settings);
      if (passage.isOff()) {
        erase(settings);
        progress = progress(Optional.empty(), deliveries);
      } else {
        wasOff = false;
        Optional<String> trouble = work(settings, passage, asked, deliveries);
        if (!gates.isAllowed(settings)) {
          erase(settings);
        }
        progress = progress(next(settings, passage), trouble, deliveries);
      }
    } catch (IOException e) {
      progress = stuck(e.getMessage(), deliveries);
    } catch (RuntimeException | LinkageError e) {
      log.error("{}: this is a fault of Candor", channel, e);
      progress = stuck("This is a fault of Candor: " + e, deliveries);
    }
    return progress;
  }

  private void erase(ChannelSettings settings) throws IOException {
    courier.withdraw(settings);
    if (!wasOff) {
      outbox.remember(channel, ChannelMemory::switchedOff);
    }
    wasOff = true;
    readySince = Optional.empty();
    failures = 0;
    retryAt = Optional.empty();
  }

  private Optional<String> work(
      ChannelSettings settings, Passage passage, boolean asked, List<Delivery> deliveries)
      throws IOException {
    if (!passage.mayReport()) {
      readySince = Optional.empty();
    } else if (readySince.isEmpty()) {
      readySince = Optional.of(clock.instant());
    }
    if (passage.mayReport() && (asked || !clock.instant().isBefore(reportDue(settings)))) {
      report(settings, passage);
    }
    if (passage.sink().isEmpty() || isPaused() || isBackingOff() && !asked) {
      return progress.trouble().filter(trouble -> isBackingOff());
    }
    return deliver(settings, passage.sink().get(), deliveries);
  }

  private void report(ChannelSettings settings, Passage passage) throws IOException {
    Instant now = clock.instant();
    Reporter.Made made = reporter.report(settings, passage.formatter().orElseThrow());
    if (gates.isAllowed(settings)) {
      outbox.accept(channel, made.messages(), memory -> memory.reported(now));
    }
  }

  private Optional<String> deliver(
      ChannelSettings settings, TransportSink sink, List<Delivery> deliveries) throws IOException {
    Optional<String> foreign = foreign(sink);
    if (foreign.isPresent()) {
      return foreign;
    }
    Optional<Delivery> last = courier.deliver(sink, settings, gates);
    while (last.isPresent()) {
      deliveries.add(last.get());
      notice(last.get());
      if (last.get().outcome() != Outcome.DELIVERED && last.get().outcome() != Outcome.REFUSED
          || isPaused()) {
        return Optional.empty();
      }
      last = courier.deliver(sink, settings, gates);
    }
    return Optional.empty();
  }

  private Optional<String> foreign(TransportSink sink) throws IOException {
    return outbox.peek(channel, BatchLimit.ONE_MESSAGE).stream()
        .map(QueuedMessage::message)
        .map(Message::mediaType)
        .filter(type -> !sink.accepts(type))
        .map(type -> "The sink does not take " + type + "; choose another formatter or sink.")
        .findFirst();
  }

  private void notice(Delivery delivery) throws IOException {
    switch (delivery.outcome()) {
      case DELIVERED -> {
        failures = 0;
        retryAt = Optional.empty();
        if (offline) {
          log.info("{}: delivers again; {} messages wait.", channel, outbox.count(channel));
        }
        offline = false;
      }
      case REFUSED ->
          log.error(
              "{}: the endpoint refused a report for good: {} See telemetry:sent.",
              channel,
              delivery.answer());
      default -> {
        failures++;
        retryAt = Optional.of(clock.instant().plus(backoff.delay(failures)));
        if (!offline && delivery.outcome() == Outcome.RETRY) {
          log.warn(
              "{}: cannot deliver: {} {} messages wait on disk and are tried again by themselves.",
              channel,
              delivery.answer(),
              outbox.count(channel));
          offline = true;
        }
      }
    }
  }

  private Optional<Instant> next(ChannelSettings settings, Passage passage) throws IOException {
    Optional<Instant> report =
        passage.mayReport() ? Optional.of(reportDue(settings)) : passage.opens();
    Optional<Instant> attempt =
        passage.sink().isPresent() && outbox.count(channel) > 0
            ? latest(retryAt, outbox.memory(channel).pausedUntil())
            : Optional.empty();
    return Stream.of(report, attempt).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Instant::compareTo);
  }

  private Instant reportDue(ChannelSettings settings) throws IOException {
    ChannelMemory memory = outbox.memory(channel);
    return Schedule.of(settings.interval(), identity.clusterId(), channel)
        .next(
            memory.lastReport().orElse(memory.since()),
            readySince.orElseGet(clock::instant),
            clock.instant());
  }

  private boolean isPaused() throws IOException {
    return outbox
        .memory(channel)
        .pausedUntil()
        .filter(until -> clock.instant().isBefore(until))
        .isPresent();
  }

  private boolean isBackingOff() {
    return retryAt.filter(at -> clock.instant().isBefore(at)).isPresent();
  }

  private Progress progress(Optional<Instant> next, List<Delivery> deliveries) throws IOException {
    return progress(next, Optional.empty(), deliveries);
  }

  private Progress progress(
      Optional<Instant> next, Optional<String> trouble, List<Delivery> deliveries)
      throws IOException {
    return new Progress(
        outbox.memory(channel), outbox.count(channel), next, trouble, List.copyOf(deliveries));
  }

  /** Something here, not at the endpoint, is broken: the disk, a formatter, a file in etc. */
  private Progress stuck(String trouble, List<Delivery> deliveries) {
    if (progress.trouble().filter(trouble::equals).isEmpty()) {
      log.error("{}: {} What is queued stays, and is tried again by itself.", channel, trouble);
    }
    failures++;
    Instant again = clock.instant().plus(backoff.delay(failures));
    retryAt = Optional.of(again);
    return new Progress(
        progress.memory(),
        progress.queued(),
        Optional.of(again),
        Optional.of(trouble),
        List.copyOf(deliveries));
  }
}
