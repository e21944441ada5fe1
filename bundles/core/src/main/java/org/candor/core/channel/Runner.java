package org.candor.core.channel;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.api.ChannelState;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.TransportSink;
import org.candor.control.Delivery;
import org.candor.core.channel.Gates.Passage;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.Pause;
import org.candor.core.outbox.QueuedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due on a channel: erases, reports, delivers, and says when to come back. For one
 * thread at a time.
 */
final class Runner {

  private static final Logger log = LoggerFactory.getLogger(Runner.class);
  private static final int MOST_DELIVERIES = 100;

  private final String channel;
  private final Outbox outbox;
  private final Gates gates;
  private final Agendas agendas;
  private final Courier courier;
  private final Clock clock;

  private final Retry endpoint;
  private final Retry here;

  private boolean recovered;
  private boolean mustErase;
  private boolean offline;
  private boolean refusing;
  private Optional<Instant> readySince = Optional.empty();
  private Optional<Trouble> told = Optional.empty();
  private Progress progress;

  Runner(
      String channel,
      Outbox outbox,
      Gates gates,
      Agendas agendas,
      Courier courier,
      Backoff backoff,
      Clock clock) {
    this.channel = channel;
    this.outbox = outbox;
    this.gates = gates;
    this.agendas = agendas;
    this.courier = courier;
    this.clock = clock;
    this.endpoint = new Retry(backoff, clock);
    this.here = new Retry(backoff, clock);
    this.progress = Progress.none(clock.instant());
  }

  /** The owner said no since the last step, although it may be a yes by now. */
  void saidNo() {
    mustErase = true;
  }

  /**
   * Does what is due.
   *
   * @param asked whether to report although it is not due, and to try although the last try failed
   */
  Progress step(ChannelSettings settings, boolean asked) {
    List<Delivery> deliveries = new ArrayList<>();
    try {
      progress = advance(settings, asked, deliveries);
    } catch (IOException e) {
      progress = stuck(e.getMessage(), deliveries);
    } catch (RuntimeException | LinkageError e) {
      log.error(
          "{}: this should not happen; please report it to whom the first of these lines names",
          channel,
          e);
      progress =
          stuck(
              "This is a fault of Candor, or of this channel's sink or formatter: " + e,
              deliveries);
    }
    tell(progress.trouble());
    return progress;
  }

  private Progress advance(ChannelSettings settings, boolean asked, List<Delivery> deliveries)
      throws IOException {
    if (!recovered) {
      courier.recover();
      recovered = true;
    }
    Passage passage = gates.check(settings);
    if (mustErase || passage.isOff()) {
      erase(settings);
    }
    Optional<Trouble> trouble = Optional.empty();
    Optional<Instant> next = Optional.empty();
    if (!passage.isOff()) {
      if (here.isWaiting() && !asked) {
        return new Progress(
            progress.memory(), progress.queued(), here.at(), progress.trouble(), List.of());
      }
      Instant now = clock.instant();
      outbox.remember(channel, memory -> memory.switchedOn().notAfter(now));
      trouble = work(settings, passage, asked, deliveries);
      if (!gates.isAllowed(settings)) {
        erase(settings);
      }
      next = next(settings, passage, trouble);
    }
    here.succeeded();
    return new Progress(
        outbox.memory(channel), outbox.count(channel), next, trouble, List.copyOf(deliveries));
  }

  private void erase(ChannelSettings settings) throws IOException {
    mustErase = true;
    agendas.of(settings).clear();
    courier.withdraw(settings);
    Instant now = clock.instant();
    outbox.remember(channel, memory -> memory.switchedOff(now));
    readySince = Optional.empty();
    endpoint.succeeded();
    mustErase = false;
  }

  private Optional<Trouble> work(
      ChannelSettings settings, Passage passage, boolean asked, List<Delivery> deliveries)
      throws IOException {
    Instant now = clock.instant();
    readySince =
        passage.mayReport()
            ? readySince.filter(since -> !since.isAfter(now)).or(() -> Optional.of(now))
            : Optional.empty();
    if (passage.mayReport() && (asked || isDue(settings, now))) {
      agendas
          .of(settings)
          .report(
              settings,
              passage.formatter().orElseThrow(),
              () -> gates.isAllowed(settings) && !courier.isStopped());
    }
    if (passage.sink().isEmpty()) {
      return Optional.empty();
    }
    Optional<Trouble> foreign = foreign(passage.sink().get());
    if (foreign.isEmpty()
        && held(passage.sink().get(), passage.endpoint(), asked).isEmpty()
        && (asked || !endpoint.isWaiting())) {
      deliver(settings, passage, passage.sink().get(), asked, deliveries);
    }
    return foreign;
  }

  private boolean isDue(ChannelSettings settings, Instant now) throws IOException {
    return reportDue(settings).filter(due -> !now.isBefore(due)).isPresent();
  }

  private void deliver(
      ChannelSettings settings,
      Passage passage,
      TransportSink sink,
      boolean asked,
      List<Delivery> deliveries)
      throws IOException {
    for (Optional<Delivery> last = attempt(settings, passage, sink, asked);
        last.isPresent();
        last = attempt(settings, passage, sink, asked)) {
      if (deliveries.size() == MOST_DELIVERIES) {
        deliveries.remove(0);
      }
      deliveries.add(last.get());
      notice(last.get());
      Outcome outcome = last.get().outcome();
      if (outcome != Outcome.DELIVERED && outcome != Outcome.REFUSED
          || held(sink, sink.state().endpoint(), asked).isPresent()) {
        return;
      }
    }
  }

  private Optional<Delivery> attempt(
      ChannelSettings settings, Passage passage, TransportSink sink, boolean asked)
      throws IOException {
    return asked || agendas.of(settings).isRipe()
        ? courier.deliver(sink, passage.destination(), settings, gates)
        : Optional.empty();
  }

  private Optional<Trouble> foreign(TransportSink sink) throws IOException {
    return outbox.peek(channel, BatchLimit.ONE_MESSAGE).stream()
        .map(QueuedMessage::message)
        .map(Message::mediaType)
        .filter(type -> !sink.accepts(type))
        .map(
            type ->
                new Trouble(
                    ChannelState.NO_SINK,
                    "The sink does not take " + type + "; choose another formatter or sink."))
        .findFirst();
  }

  private void notice(Delivery delivery) throws IOException {
    switch (delivery.outcome()) {
      case DELIVERED -> {
        endpoint.succeeded();
        if (offline) {
          log.info("{}: delivers again; {}.", channel, Wording.waiting(outbox.count(channel)));
        }
        offline = false;
        refusing = false;
      }
      case REFUSED -> {
        endpoint.succeeded();
        if (!refusing) {
          log.error(
              "{}: the endpoint refused a report for good: {} See telemetry:sent.",
              channel,
              Wording.sentence(delivery.answer()));
        }
        refusing = true;
      }
      case RETRY -> {
        endpoint.failed();
        if (!offline) {
          log.warn(
              "{}: cannot deliver: {} {} on disk to be tried again.",
              channel,
              Wording.sentence(delivery.answer()),
              Wording.waiting(outbox.count(channel)));
        }
        offline = true;
      }
      case WITHDRAWN, INTERRUPTED -> {
        // No word about the endpoint.
      }
    }
  }

  private Optional<Instant> next(
      ChannelSettings settings, Passage passage, Optional<Trouble> trouble) throws IOException {
    Optional<Instant> report = passage.mayReport() ? reportDue(settings) : passage.opens();
    Optional<Instant> attempt =
        passage.sink().isPresent() && trouble.isEmpty() && outbox.count(channel) > 0
            ? latest(endpoint.at(), held(passage.sink().get(), passage.endpoint(), false))
            : Optional.empty();
    return Stream.of(report, attempt).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Instant::compareTo);
  }

  private Optional<Instant> reportDue(ChannelSettings settings) throws IOException {
    return agendas.of(settings).due(settings, readySince.orElseGet(clock::instant));
  }

  /**
   * Until when the endpoint is to be left alone, by this channel or with what waits.
   *
   * @param asked whether somebody asks, for whom our own habits need not count
   */
  private Optional<Instant> held(TransportSink sink, String endpoint, boolean asked)
      throws IOException {
    Instant now = clock.instant();
    Optional<Instant> pause =
        outbox
            .memory(channel)
            .pause()
            .filter(one -> one.endpoint().equals(endpoint) && !(asked && one.yields()))
            .map(Pause::until);
    Optional<Instant> limit = Optional.empty();
    for (QueuedMessage head : outbox.peek(channel, BatchLimit.ONE_MESSAGE)) {
      limit = outbox.limitEnd(endpoint, category(sink, head.message()));
    }
    return latest(pause, limit)
        .filter(until -> until.isAfter(now))
        .filter(until -> !until.isAfter(now.plus(Courier.LONGEST_PAUSE)));
  }

  private static String category(TransportSink sink, Message message) {
    try {
      return sink.category(message);
    } catch (RuntimeException | LinkageError e) {
      // Then only what is said of all categories holds.
      return "";
    }
  }

  /** Something here, not at the endpoint, is broken: the disk, a formatter, a file in etc. */
  private Progress stuck(String why, List<Delivery> deliveries) {
    here.failed();
    return new Progress(
        progress.memory(),
        progress.queued(),
        here.at(),
        Optional.of(new Trouble(ChannelState.FAILING, why)),
        List.copyOf(deliveries));
  }

  private void tell(Optional<Trouble> trouble) {
    if (trouble.isPresent() && !trouble.equals(told)) {
      log.error(
          "{}: {} {}",
          channel,
          Wording.sentence(trouble.get().advice()),
          mustErase
              ? "What is queued stays until it can be erased, and does not leave."
              : "What is queued stays, and is tried again by itself.");
    } else if (trouble.isEmpty() && told.isPresent()) {
      log.info("{}: works again.", channel);
    }
    told = trouble;
  }
}
