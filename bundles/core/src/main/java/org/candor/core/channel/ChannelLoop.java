package org.candor.core.channel;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.candor.api.ChannelState;
import org.candor.api.report.Message;
import org.candor.api.retry.Backoff;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.TransportSink;
import org.candor.control.Delivery;
import org.candor.core.admission.Admission;
import org.candor.core.admission.AdmissionDecision;
import org.candor.core.delivery.DeliveryWorker;
import org.candor.core.delivery.DeliveryWorker.Tried;
import org.candor.core.delivery.EndpointHold;
import org.candor.core.delivery.EndpointNews;
import org.candor.core.delivery.RetryTimer;
import org.candor.core.delivery.UnencodableException;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.QueueClass;
import org.candor.core.outbox.QueuedMessage;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.reporting.PreparedReport;
import org.candor.core.reporting.ReportTrigger;
import org.candor.core.reporting.ReportTriggers;
import org.candor.core.work.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Channel loop: does what is due on a channel (erases, reports, delivers) and says when to come
 * back. A step computes one admission decision, reads the outbox in one view, and from then on
 * knows the queue from the transactions that change it. For one thread at a time.
 */
final class ChannelLoop {

  private static final Logger log = LoggerFactory.getLogger(ChannelLoop.class);
  private static final int MOST_DELIVERIES = 100;

  /** A disk that fails may be well again at any moment, and is asked for little. */
  private static final Duration AGAIN = Duration.ofSeconds(4);

  /** So soon after others have reached the endpoint, and no more often than that. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private static final Duration SELDOM = Duration.ofMinutes(1);

  private final String channel;
  private final Outbox outbox;
  private final Admission admission;
  private final ReportTriggers triggers;
  private final DeliveryWorker worker;
  private final EndpointNews news;
  private final Clock clock;
  private final Ticker ticker;

  private final EndpointHold hold;
  private final RetryTimer endpoint;
  private final RetryTimer here;
  private final DeliveryLog deliveryLog;
  private final ProblemLog problemLog;

  /** The server that waits for its next try; empty when none does. */
  private volatile String waitsFor = "";

  private volatile boolean reached;
  private OptionalLong hastened = OptionalLong.empty();
  private boolean recovered;
  private boolean mustErase;
  private String server = "";
  private Optional<Instant> readySince = Optional.empty();
  private OutboxView queue;
  private ChannelProgress progress;

  ChannelLoop(
      String channel,
      Outbox outbox,
      Admission admission,
      ReportTriggers triggers,
      DeliveryWorker worker,
      EndpointNews news,
      Backoff backoff,
      Clock clock,
      Ticker ticker) {
    this.channel = channel;
    this.outbox = outbox;
    this.admission = admission;
    this.triggers = triggers;
    this.worker = worker;
    this.news = news;
    this.clock = clock;
    this.ticker = ticker;
    this.hold = new EndpointHold(clock, ticker);
    this.endpoint = new RetryTimer(backoff, clock, ticker);
    this.here = new RetryTimer(backoff, clock, ticker);
    this.deliveryLog = new DeliveryLog(channel);
    this.problemLog = new ProblemLog(channel);
    this.queue = OutboxView.none(clock.instant());
    this.progress = ChannelProgress.none(clock.instant());
  }

  /** The owner denied since the last step, although it may be a grant by now. */
  void denied() {
    mustErase = true;
  }

  /**
   * Another channel has delivered to a server; from any thread.
   *
   * @return whether a step is wanted, since this one waits for it
   */
  boolean reached(String server) {
    boolean wanted = waitsFor.equals(server);
    reached |= wanted;
    return wanted;
  }

  private void hasten() {
    boolean lately =
        hastened.isPresent() && ticker.nanos() - hastened.getAsLong() < SELDOM.toNanos();
    if (reached && !lately) {
      endpoint.hasten(SOON);
      hastened = OptionalLong.of(ticker.nanos());
    }
    reached = false;
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
    } catch (UnencodableException e) {
      here.failed();
      progress = stuck(e.getMessage(), deliveries);
    } catch (IOException e) {
      here.failed(AGAIN);
      progress = stuck(e.getMessage(), deliveries);
    } catch (RuntimeException | LinkageError e) {
      log.error(
          "{}: this should not happen; please report it to whom the first of these lines names",
          channel,
          e);
      here.failed();
      progress =
          stuck(
              "This is a fault of Candor, or of this channel's sink or formatter: " + e,
              deliveries);
    }
    problemLog.stepped(progress.problem(), mustErase);
    waitsFor = endpoint.isWaiting() ? server : "";
    return progress;
  }

  /** Does nothing but look at what waits, as while the channel is not configured. */
  ChannelProgress idle() {
    boolean known = look();
    progress = new ChannelProgress(queue, known, Optional.empty(), Optional.empty(), List.of());
    return progress;
  }

  private ChannelProgress advance(
      ChannelSettings settings, boolean asked, List<Delivery> deliveries) throws IOException {
    outbox.classify(channel, QueueClass.of(settings.report()));
    if (!recovered) {
      worker.recover();
      recovered = true;
    }
    hasten();
    AdmissionDecision decision = admission.check(settings);
    server = EndpointNews.server(decision.endpoint());
    if (mustErase || decision.isOff()) {
      erase(settings);
    }
    Optional<ChannelProblem> problem = Optional.empty();
    Optional<Instant> next = Optional.empty();
    if (!decision.isOff()) {
      if (here.isWaiting() && !asked) {
        return new ChannelProgress(
            progress.queue(), progress.known(), here.at(), progress.problem(), List.of());
      }
      worker.settle();
      Instant now = clock.instant();
      queue = outbox.view(channel, memory -> memory.switchedOn().notAfter(now));
      problem = work(settings, decision, asked, deliveries);
      next = next(settings, decision, problem);
    }
    here.succeeded();
    return new ChannelProgress(queue, true, next, problem, List.copyOf(deliveries));
  }

  private void erase(ChannelSettings settings) throws IOException {
    mustErase = true;
    triggers.of(settings).clear();
    worker.withdraw(settings);
    Instant now = clock.instant();
    queue = outbox.view(channel, memory -> memory.switchedOff(now));
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
    int before = deliveries.size();
    if (decision.mayReport() && (asked || isDue(settings, now))) {
      report(settings, decision, asked, deliveries);
    }
    boolean goesOn =
        deliveries.size() == before || isSettled(deliveries.get(deliveries.size() - 1));
    if (mustErase) {
      erase(settings);
      return Optional.empty();
    }
    if (decision.sink().isEmpty()) {
      return Optional.empty();
    }
    Optional<ChannelProblem> foreign =
        queue.head().flatMap(head -> foreign(decision.sink().get(), head.message()));
    if (goesOn
        && foreign.isEmpty()
        && mayTry(decision, asked, queue.head().map(QueuedMessage::message))) {
      deliver(settings, decision, asked, deliveries);
    }
    return foreign;
  }

  private boolean isDue(ChannelSettings settings, Instant now) throws IOException {
    return reportDue(settings).filter(due -> !now.isBefore(due)).isPresent();
  }

  private void report(
      ChannelSettings settings,
      AdmissionDecision decision,
      boolean asked,
      List<Delivery> deliveries)
      throws IOException {
    ReportTrigger trigger = triggers.of(settings);
    boolean isLast = false;
    while (!isLast) {
      Optional<PreparedReport> report =
          trigger.report(settings, decision.formatter().orElseThrow(), queue);
      if (report.isEmpty() || worker.isStopped()) {
        return;
      }
      isLast = report.get().isLast();
      if (!isLast || !leavesAtOnce(settings, decision, asked, report.get(), deliveries)) {
        mustErase |= !admission.isAllowed(settings);
        if (mustErase || worker.isStopped()) {
          return;
        }
        queueUp(report.get());
      }
    }
  }

  private void queueUp(PreparedReport report) throws IOException {
    boolean accepted =
        outbox.within(
            worker.generation(),
            () -> queue = outbox.accept(channel, report.messages(), report.memory()));
    if (accepted) {
      report.onQueued().run();
    }
  }

  /**
   * Queues a report and delivers in the same breath, where nothing keeps it or what waits from
   * leaving: that saves a flush.
   *
   * @return false when it has to be queued first
   */
  private boolean leavesAtOnce(
      ChannelSettings settings,
      AdmissionDecision decision,
      boolean asked,
      PreparedReport report,
      List<Delivery> deliveries)
      throws IOException {
    TransportSink sink = decision.sink().orElseThrow();
    List<Message> messages = report.messages();
    Optional<Message> waits = queue.head().map(QueuedMessage::message);
    if (!fits(messages, sink.batchLimit())
        || Stream.concat(waits.stream(), messages.stream())
            .anyMatch(message -> foreign(sink, message).isPresent())
        || !mayTry(decision, asked, waits.or(() -> Optional.of(messages.get(0))))) {
      return false;
    }
    Optional<Tried> tried =
        worker.deliverNew(
            sink,
            decision,
            settings,
            admission,
            messages,
            report.memory(),
            report.onQueued(),
            queue);
    tried.ifPresent(one -> take(one, deliveries));
    return tried.isPresent();
  }

  private static boolean fits(List<Message> messages, BatchLimit limit) {
    return !messages.isEmpty()
        && messages.size() <= limit.messages()
        && (messages.size() == 1
            || messages.stream().mapToLong(message -> message.body().size()).sum()
                <= limit.bytes());
  }

  private void deliver(
      ChannelSettings settings,
      AdmissionDecision decision,
      boolean asked,
      List<Delivery> deliveries)
      throws IOException {
    TransportSink sink = decision.sink().orElseThrow();
    boolean goesOn = true;
    while (goesOn && (asked || triggers.of(settings).isRipe(queue))) {
      Tried tried = worker.deliver(sink, decision, settings, admission, queue);
      take(tried, deliveries);
      goesOn =
          tried.delivery().filter(ChannelLoop::isSettled).isPresent()
              && held(sink, Admission.state(sink).endpoint(), asked).isEmpty();
    }
    if (mustErase) {
      erase(settings);
    }
  }

  /** Whether the endpoint is well, so that it may get the next payload. */
  private static boolean isSettled(Delivery delivery) {
    return delivery.outcome() == Outcome.DELIVERED || delivery.outcome() == Outcome.REFUSED;
  }

  private void take(Tried tried, List<Delivery> deliveries) {
    queue = tried.queue();
    mustErase |= tried.denied();
    tried
        .delivery()
        .ifPresent(
            delivery -> {
              if (deliveries.size() == MOST_DELIVERIES) {
                deliveries.remove(0);
              }
              deliveries.add(delivery);
              switch (delivery.outcome()) {
                case DELIVERED -> {
                  endpoint.succeeded();
                  news.delivered(server);
                }
                case REFUSED -> endpoint.succeeded();
                case RETRY -> endpoint.failed();
                case WITHDRAWN -> mustErase = true;
                case INTERRUPTED -> {
                  // Nothing is known of the endpoint.
                }
              }
              deliveryLog.attempted(delivery, queue.queued());
            });
  }

  private boolean mayTry(AdmissionDecision decision, boolean asked, Optional<Message> first) {
    return (asked || !endpoint.isWaiting())
        && hold.until(decision.sink().orElseThrow(), decision.endpoint(), asked, first, queue)
            .isEmpty();
  }

  private Optional<Instant> held(TransportSink sink, String address, boolean asked) {
    return hold.until(sink, address, asked, queue.head().map(QueuedMessage::message), queue);
  }

  private static Optional<ChannelProblem> foreign(TransportSink sink, Message message) {
    return sink.accepts(message.mediaType())
        ? Optional.empty()
        : Optional.of(
            new ChannelProblem(
                ChannelState.NO_SINK,
                "The sink does not take "
                    + message.mediaType()
                    + "; choose another formatter or sink."));
  }

  private Optional<Instant> next(
      ChannelSettings settings, AdmissionDecision decision, Optional<ChannelProblem> problem)
      throws IOException {
    Optional<Instant> report = decision.mayReport() ? reportDue(settings) : decision.opens();
    Optional<Instant> attempt =
        decision.sink().isPresent() && problem.isEmpty() && queue.queued() > 0
            ? Stream.of(endpoint.at(), held(decision.sink().get(), decision.endpoint(), false))
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
            : Optional.empty();
    return Stream.of(report, attempt).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private Optional<Instant> reportDue(ChannelSettings settings) throws IOException {
    return triggers.of(settings).due(settings, readySince.orElseGet(clock::instant), queue);
  }

  /** Something here, not at the endpoint, is broken: the disk, a formatter, a file in etc. */
  private ChannelProgress stuck(String why, List<Delivery> deliveries) {
    boolean known = look();
    return new ChannelProgress(
        queue,
        known,
        here.at(),
        Optional.of(new ChannelProblem(ChannelState.FAILING, why)),
        List.copyOf(deliveries));
  }

  /** Whether the outbox can be read although something is broken. */
  private boolean look() {
    try {
      queue = outbox.view(channel, UnaryOperator.identity());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
