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
import org.candor.core.admission.Admission;
import org.candor.core.admission.AdmissionDecision;
import org.candor.core.delivery.Backoff;
import org.candor.core.delivery.DeliveryWorker;
import org.candor.core.delivery.RetryTimer;
import org.candor.core.delivery.Sentences;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.Pause;
import org.candor.core.outbox.QueuedMessage;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.reporting.ReportTriggers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due on a channel: erases, reports, delivers, and says when to come back. For one
 * thread at a time.
 */
public final class ChannelLoop {

  private static final Logger log = LoggerFactory.getLogger(ChannelLoop.class);
  private static final int MOST_DELIVERIES = 100;

  private final String channel;
  private final Outbox outbox;
  private final Admission admission;
  private final ReportTriggers triggers;
  private final DeliveryWorker worker;
  private final Clock clock;

  private final RetryTimer endpoint;
  private final RetryTimer here;

  private boolean recovered;
  private boolean mustErase;
  private boolean offline;
  private boolean refusing;
  private Optional<Instant> readySince = Optional.empty();
  private Optional<ChannelProblem> reported = Optional.empty();
  private ChannelProgress progress;

  ChannelLoop(
      String channel,
      Outbox outbox,
      Admission admission,
      ReportTriggers triggers,
      DeliveryWorker worker,
      Backoff backoff,
      Clock clock) {
    this.channel = channel;
    this.outbox = outbox;
    this.admission = admission;
    this.triggers = triggers;
    this.worker = worker;
    this.clock = clock;
    this.endpoint = new RetryTimer(backoff, clock);
    this.here = new RetryTimer(backoff, clock);
    this.progress = ChannelProgress.none(clock.instant());
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
  ChannelProgress step(ChannelSettings settings, boolean asked) {
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
    tell(progress.problem());
    return progress;
  }

  private ChannelProgress advance(
      ChannelSettings settings, boolean asked, List<Delivery> deliveries) throws IOException {
    if (!recovered) {
      worker.recover();
      recovered = true;
    }
    AdmissionDecision decision = admission.check(settings);
    if (mustErase || decision.isOff()) {
      erase(settings);
    }
    Optional<ChannelProblem> problem = Optional.empty();
    Optional<Instant> next = Optional.empty();
    if (!decision.isOff()) {
      if (here.isWaiting() && !asked) {
        return new ChannelProgress(
            progress.memory(), progress.queued(), here.at(), progress.problem(), List.of());
      }
      Instant now = clock.instant();
      outbox.remember(channel, memory -> memory.switchedOn().notAfter(now));
      problem = work(settings, decision, asked, deliveries);
      if (!admission.isAllowed(settings)) {
        erase(settings);
      }
      next = next(settings, decision, problem);
    }
    here.succeeded();
    return new ChannelProgress(
        outbox.memory(channel), outbox.count(channel), next, problem, List.copyOf(deliveries));
  }

  private void erase(ChannelSettings settings) throws IOException {
    mustErase = true;
    triggers.of(settings).clear();
    worker.withdraw(settings);
    Instant now = clock.instant();
    outbox.remember(channel, memory -> memory.switchedOff(now));
    readySince = Optional.empty();
    endpoint.succeeded();
    mustErase = false;
  }

  private Optional<ChannelProblem> work(
      ChannelSettings settings,
      AdmissionDecision decision,
      boolean asked,
      List<Delivery> deliveries)
      throws IOException {
    Instant now = clock.instant();
    readySince =
        decision.mayReport()
            ? readySince.filter(since -> !since.isAfter(now)).or(() -> Optional.of(now))
            : Optional.empty();
    if (decision.mayReport() && (asked || isDue(settings, now))) {
      triggers
          .of(settings)
          .report(
              settings,
              decision.formatter().orElseThrow(),
              () -> admission.isAllowed(settings) && !worker.isStopped());
    }
    if (decision.sink().isEmpty()) {
      return Optional.empty();
    }
    Optional<ChannelProblem> foreign = foreign(decision.sink().get());
    if (foreign.isEmpty()
        && held(decision.sink().get(), decision.endpoint(), asked).isEmpty()
        && (asked || !endpoint.isWaiting())) {
      deliver(settings, decision, decision.sink().get(), asked, deliveries);
    }
    return foreign;
  }

  private boolean isDue(ChannelSettings settings, Instant now) throws IOException {
    return reportDue(settings).filter(due -> !now.isBefore(due)).isPresent();
  }

  private void deliver(
      ChannelSettings settings,
      AdmissionDecision decision,
      TransportSink sink,
      boolean asked,
      List<Delivery> deliveries)
      throws IOException {
    for (Optional<Delivery> last = attempt(settings, decision, sink, asked);
        last.isPresent();
        last = attempt(settings, decision, sink, asked)) {
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
      ChannelSettings settings, AdmissionDecision decision, TransportSink sink, boolean asked)
      throws IOException {
    return asked || triggers.of(settings).isRipe()
        ? worker.deliver(sink, decision.destination(), settings, admission)
        : Optional.empty();
  }

  private Optional<ChannelProblem> foreign(TransportSink sink) throws IOException {
    return outbox.peek(channel, BatchLimit.ONE_MESSAGE).stream()
        .map(QueuedMessage::message)
        .map(Message::mediaType)
        .filter(type -> !sink.accepts(type))
        .map(
            type ->
                new ChannelProblem(
                    ChannelState.NO_SINK,
                    "The sink does not take " + type + "; choose another formatter or sink."))
        .findFirst();
  }

  private void notice(Delivery delivery) throws IOException {
    switch (delivery.outcome()) {
      case DELIVERED -> {
        endpoint.succeeded();
        if (offline) {
          log.info("{}: delivers again; {}.", channel, Sentences.waiting(outbox.count(channel)));
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
              Sentences.sentence(delivery.answer()));
        }
        refusing = true;
      }
      case RETRY -> {
        endpoint.failed();
        if (!offline) {
          log.warn(
              "{}: cannot deliver: {} {} on disk to be tried again.",
              channel,
              Sentences.sentence(delivery.answer()),
              Sentences.waiting(outbox.count(channel)));
        }
        offline = true;
      }
      case WITHDRAWN, INTERRUPTED -> {
        // No word about the endpoint.
      }
    }
  }

  private Optional<Instant> next(
      ChannelSettings settings, AdmissionDecision decision, Optional<ChannelProblem> problem)
      throws IOException {
    Optional<Instant> report = decision.mayReport() ? reportDue(settings) : decision.opens();
    Optional<Instant> attempt =
        decision.sink().isPresent() && problem.isEmpty() && outbox.count(channel) > 0
            ? latest(endpoint.at(), held(decision.sink().get(), decision.endpoint(), false))
            : Optional.empty();
    return Stream.of(report, attempt).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Instant::compareTo);
  }

  private Optional<Instant> reportDue(ChannelSettings settings) throws IOException {
    return triggers.of(settings).due(settings, readySince.orElseGet(clock::instant));
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
        .filter(until -> !until.isAfter(now.plus(DeliveryWorker.LONGEST_PAUSE)));
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
  private ChannelProgress stuck(String why, List<Delivery> deliveries) {
    here.failed();
    return new ChannelProgress(
        progress.memory(),
        progress.queued(),
        here.at(),
        Optional.of(new ChannelProblem(ChannelState.FAILING, why)),
        List.copyOf(deliveries));
  }

  private void tell(Optional<ChannelProblem> problem) {
    if (problem.isPresent() && !problem.equals(reported)) {
      log.error(
          "{}: {} {}",
          channel,
          Sentences.sentence(problem.get().advice()),
          mustErase
              ? "What is queued stays until it can be erased, and does not leave."
              : "What is queued stays, and is tried again by itself.");
    } else if (problem.isEmpty() && reported.isPresent()) {
      log.info("{}: works again.", channel);
    }
    reported = problem;
  }
}
