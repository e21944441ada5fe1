package org.candor.core.delivery;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.report.Message;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.TransportSink;
import org.candor.control.Delivery;
import org.candor.core.admission.Admission;
import org.candor.core.admission.AdmissionDecision;
import org.candor.core.consent.Consent;
import org.candor.core.delivery.PayloadLoader.Load;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.journal.JournalRecord;
import org.candor.core.outbox.Attempt;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.QueuedMessage;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.store.IoAction;
import org.candor.core.work.WorkerPool;
import org.candor.core.work.WorkerPool.Alarm;

/**
 * Delivery worker: at-least-once delivery of a channel's queue to its sink, one payload at a time.
 * Write-ahead: before a payload leaves, the outbox notes that it is about to; after the answer the
 * journal gets its entry, and only then does the outbox let the messages go. So whatever step a
 * crash comes after, every byte that left is in the journal, and a message is sent again under the
 * same id (which makes that idempotent) or not at all.
 *
 * <p>For one thread at a time, but for {@link #abort} and {@link #close}.
 */
public final class DeliveryWorker {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(300);

  private final String channel;
  private final Outbox outbox;
  private final PayloadLoader loader;
  private final AttemptSettlement settlement;
  private final ChainedJournal journal;
  private final Consent consent;
  private final WorkerPool workers;
  private final ReplyReader replies;
  private final Clock clock;
  private final Duration timeout;
  private final Duration closeTimeout;
  private final long generation;
  private final AtomicReference<Optional<AbortReason>> stop =
      new AtomicReference<>(Optional.empty());
  private volatile Optional<InFlightAttempt> inFlight = Optional.empty();

  public DeliveryWorker(
      String channel,
      Outbox outbox,
      ChainedJournal journal,
      Consent consent,
      WorkerPool workers,
      ReplyReader replies,
      Clock clock) {
    this(channel, outbox, journal, consent, workers, replies, clock, TIMEOUT);
  }

  public DeliveryWorker(
      String channel,
      Outbox outbox,
      ChainedJournal journal,
      Consent consent,
      WorkerPool workers,
      ReplyReader replies,
      Clock clock,
      Duration timeout) {
    this(channel, outbox, journal, consent, workers, replies, clock, timeout, CLOSE_TIMEOUT);
  }

  /**
   * @param timeout of an attempt
   * @param closeTimeout how long {@link #close} waits for the end of one, at most
   */
  DeliveryWorker(
      String channel,
      Outbox outbox,
      ChainedJournal journal,
      Consent consent,
      WorkerPool workers,
      ReplyReader replies,
      Clock clock,
      Duration timeout,
      Duration closeTimeout) {
    this.channel = channel;
    this.outbox = outbox;
    this.loader = new PayloadLoader(channel, outbox);
    this.journal = journal;
    this.consent = consent;
    this.workers = workers;
    this.replies = replies;
    this.clock = clock;
    this.timeout = timeout;
    this.closeTimeout = closeTimeout;
    this.generation = outbox.generation();
    this.settlement = new AttemptSettlement(channel, outbox, journal, loader, clock);
  }

  /**
   * Aborts what is in flight and lets nothing more go until {@link #resume}; from any thread, at
   * once.
   */
  public void abort(AbortReason why) {
    // The owner's denial outweighs whatever else stops at the same time.
    stop.updateAndGet(
        before -> before.filter(AbortReason.OWNER::equals).or(() -> Optional.of(why)));
    inFlight.map(InFlightAttempt::deadline).ifPresent(Deadline::cancel);
  }

  /** Aborts, and waits a moment until that is on disk, so that a successor finds it there. */
  public void close() {
    abort(AbortReason.CLOSING);
    inFlight.ifPresent(inFlightAttempt -> inFlightAttempt.awaitEnd(closeTimeout));
  }

  /**
   * Lets go what was stopped. Call it before looking at what is allowed, so that a denial that
   * falls in between is seen here or there.
   *
   * @return whether it was the owner who stopped it
   */
  public boolean resume() {
    return stop.getAndSet(Optional.empty()).filter(AbortReason.OWNER::equals).isPresent();
  }

  public boolean isStopped() {
    return stop.get().isPresent();
  }

  /** Puts right what a crash left in the middle. Call it once, before anything else. */
  public void recover() throws IOException {
    settlement.recover();
  }

  /** The reset generation that it belongs to: after another reset it can do nothing. */
  public long generation() {
    return generation;
  }

  /** Puts on disk what could not be written after an attempt of before, if anything. */
  public void settle() throws IOException {
    settlement.finish();
  }

  /**
   * What a try came to.
   *
   * @param delivery how the attempt went; empty when none was made
   * @param denied whether none was made because the owner denies it by now
   * @param queue the channel's queue afterwards
   */
  public record Tried(Optional<Delivery> delivery, boolean denied, OutboxView queue) {

    private static Tried nothing(OutboxView queue) {
      return new Tried(Optional.empty(), false, queue);
    }

    private static Tried denied(OutboxView queue) {
      return new Tried(Optional.empty(), true, queue);
    }
  }

  /**
   * Delivers the oldest payload, unless the owner denies it by now, or the sink sends elsewhere.
   *
   * @param decision what admitted it
   * @param queue the channel's queue now
   * @throws IOException when the outbox or the journal cannot be written, or the sink cannot make a
   *     payload; nothing is lost
   */
  public Tried deliver(
      TransportSink sink,
      AdmissionDecision decision,
      ChannelSettings settings,
      Admission admission,
      OutboxView queue)
      throws IOException {
    Optional<Load> next = queue.queued() > 0 ? loader.next(sink, settings) : Optional.empty();
    if (next.isEmpty()) {
      return Tried.nothing(
          queue.queued() > 0 ? outbox.view(channel, UnaryOperator.identity()) : queue);
    }
    Load load = next.get();
    return attempt(
        sink,
        decision,
        settings,
        admission,
        queue,
        authority -> {
          Attempt attempt =
              new Attempt(
                  begun(settings, sink, authority, load.payload(), ids(load)), load.numbers());
          return outbox.within(generation, () -> outbox.begin(attempt))
              ? Optional.of(new Begun(attempt, load.payload(), load.batch().get(0).message()))
              : Optional.empty();
        });
  }

  /**
   * Queues a report and begins to deliver in the same flush: the report itself where nothing else
   * waits, or what waits, and the report with it where that fits into the same payload.
   *
   * @param decision what admitted it
   * @param messages at least one, which fit into one payload
   * @param memory what the channel remembers of the report
   * @param onQueued what is to be done once it is on disk
   * @param queue the channel's queue now
   * @return empty when the sink cannot make a payload of them, and nothing was queued
   * @throws IOException when the outbox or the journal cannot be written
   */
  public Optional<Tried> deliverNew(
      TransportSink sink,
      AdmissionDecision decision,
      ChannelSettings settings,
      Admission admission,
      List<Message> messages,
      UnaryOperator<ChannelMemory> memory,
      IoAction onQueued,
      OutboxView queue)
      throws IOException {
    List<QueuedMessage> waiting = queue.queued() > 0 ? loader.waiting(sink) : List.of();
    if (queue.queued() > 0 && waiting.isEmpty()) {
      return Optional.empty();
    }
    List<Message> batch = new ArrayList<>();
    waiting.forEach(queued -> batch.add(queued.message()));
    boolean together = waiting.size() == queue.queued() && fits(batch, messages, sink.batchLimit());
    if (together) {
      batch.addAll(messages);
    }
    Payload payload;
    try {
      payload = PayloadLoader.encodeMessages(sink, batch);
    } catch (RuntimeException | LinkageError e) {
      return Optional.empty();
    }
    List<String> ids = batch.stream().map(Message::id).toList();
    return Optional.of(
        attempt(
            sink,
            decision,
            settings,
            admission,
            queue,
            authority -> {
              JournalRecord begun = begun(settings, sink, authority, payload, ids);
              AtomicReference<Optional<Attempt>> noted = new AtomicReference<>(Optional.empty());
              outbox.within(
                  generation,
                  () -> {
                    noted.set(
                        outbox.acceptAndBegin(
                            channel,
                            messages,
                            memory,
                            numbers ->
                                new Attempt(begun, all(waiting, together ? numbers : List.of()))));
                    onQueued.run();
                  });
              return noted.get().map(attempt -> new Begun(attempt, payload, batch.get(0)));
            }));
  }

  private static boolean fits(List<Message> batch, List<Message> more, BatchLimit limit) {
    long bytes =
        Stream.of(batch, more)
            .flatMap(List::stream)
            .mapToLong(message -> message.body().size())
            .sum();
    return batch.isEmpty()
        || (batch.size() + more.size() <= limit.messages() && bytes <= limit.bytes());
  }

  private static List<Long> all(List<QueuedMessage> waiting, List<Long> more) {
    return Stream.concat(waiting.stream().map(QueuedMessage::number), more.stream()).toList();
  }

  /** Write-ahead: notes on disk that an attempt begins. */
  @FunctionalInterface
  private interface Start {

    /** Empty when it may not begin any more. */
    Optional<Begun> begin(String authority) throws IOException;
  }

  /** An attempt that is noted. */
  private record Begun(Attempt attempt, Payload payload, Message first) {}

  private Tried attempt(
      TransportSink sink,
      AdmissionDecision decision,
      ChannelSettings settings,
      Admission admission,
      OutboxView queue,
      Start start)
      throws IOException {
    Deadline deadline = Deadline.after(timeout, clock);
    InFlightAttempt inFlightAttempt = new InFlightAttempt(deadline);
    inFlight = Optional.of(inFlightAttempt);
    try {
      Optional<String> authority = admission.authority(settings);
      if (authority.isEmpty()) {
        return Tried.denied(queue);
      }
      if (isStopped()) {
        return Tried.nothing(queue);
      }
      Optional<Begun> begun = start.begin(authority.get());
      if (begun.isEmpty()) {
        return Tried.nothing(outbox.view(channel, UnaryOperator.identity()));
      }
      // The abort last: it may come while the sink is asked.
      if (!Admission.state(sink).destination().equals(decision.destination()) || isStopped()) {
        return Tried.nothing(settlement.release());
      }
      return new Tried(
          Optional.of(send(sink, settings, begun.get(), deadline)), false, settlement.queue());
    } finally {
      inFlight = Optional.empty();
      inFlightAttempt.end();
    }
  }

  private Delivery send(
      TransportSink sink, ChannelSettings settings, Begun attempt, Deadline deadline)
      throws IOException {
    JournalRecord begun = attempt.attempt().record();
    Receipt receipt = send(sink, attempt.payload(), deadline);
    Optional<AbortReason> stopped = stop.get().or(() -> Optional.of(AbortReason.LATE));
    JournalRecord ended =
        deadline.isCancelled() && receipt.outcome() == Outcome.RETRY
            ? begun.ended(stopped.get().outcome(), stopped.get().why())
            : begun.ended(receipt.outcome(), receipt.answer());
    settlement.settle(ended, attempt.payload().body(), attempt.attempt().numbers(), receipt);
    if (ended.outcome() == Outcome.DELIVERED) {
      settlement.then(
          queue -> replies.read(settings, attempt.first(), receipt, ended.endpoint(), queue));
    }
    return new Delivery(begun.id(), begun.at(), begun.bytes(), ended.outcome(), ended.answer());
  }

  /** Takes everything out of the queue, and says so in the journal. */
  public void withdraw(ChannelSettings settings) throws IOException {
    settlement.finish();
    outbox.within(generation, () -> withdrawNow(settings));
  }

  private void withdrawNow(ChannelSettings settings) throws IOException {
    List<QueuedMessage> queued = outbox.all(channel);
    if (!queued.isEmpty()) {
      journal.append(
          entry(
              settings,
              new JournalRecord(
                  queued.get(0).message().id(),
                  clock.instant(),
                  channel,
                  settings.purpose(),
                  consent.explain(settings.purpose(), channel).decidedBy(),
                  0,
                  Bytes.empty().sha256(),
                  "",
                  Outcome.WITHDRAWN,
                  Sentences.erased(queued.size()),
                  queued.stream().map(message -> message.message().id()).toList())),
          Optional.empty());
    }
    outbox.end(
        channel,
        queued.stream().map(QueuedMessage::number).toList(),
        memory -> memory.lost("withdrawn", queued.size()));
  }

  private JournalRecord begun(
      ChannelSettings settings,
      TransportSink sink,
      String authority,
      Payload payload,
      List<String> messages) {
    Bytes body = payload.body();
    return entry(
        settings,
        new JournalRecord(
            payload.id(),
            Instant.ofEpochMilli(clock.millis()),
            channel,
            settings.purpose(),
            authority,
            body.size(),
            body.sha256(),
            sink.state().endpoint(),
            Outcome.INTERRUPTED,
            "",
            messages));
  }

  private static JournalRecord entry(ChannelSettings settings, JournalRecord record) {
    return settings.report() == ReportKind.UI ? record.ofWebEvents() : record;
  }

  private static List<String> ids(Load load) {
    return load.batch().stream().map(queued -> queued.message().id()).toList();
  }

  private Receipt send(TransportSink sink, Payload payload, Deadline deadline) {
    Alarm late = workers.after(timeout, deadline::cancel);
    try {
      return Objects.requireNonNull(sink.send(payload, deadline), "no receipt");
    } catch (IOException e) {
      return Receipt.retry(String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      return Receipt.retry("The sink failed: " + e);
    } finally {
      late.cancel();
    }
  }
}
