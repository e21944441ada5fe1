package org.candor.core.delivery;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.report.Message;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.TransportSink;
import org.candor.control.Delivery;
import org.candor.core.admission.Admission;
import org.candor.core.consent.Consent;
import org.candor.core.delivery.PayloadLoader.Load;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.journal.JournalRecord;
import org.candor.core.outbox.Attempt;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.Pause;
import org.candor.core.outbox.QueuedMessage;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.work.WorkerPool;
import org.candor.core.work.WorkerPool.Alarm;

/**
 * Carries a channel's queue to its sink, one payload at a time. Before a payload leaves, the outbox
 * notes that it is about to; after the answer the journal gets its entry, and only then does the
 * outbox let the messages go. So whatever step a crash comes after, every byte that left is in the
 * journal, and a message is sent again under the same id or not at all.
 */
public final class DeliveryWorker {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GOODBYE = Duration.ofMillis(300);

  /** What an endpoint may ask for; a slip of its clock must not silence a channel for years. */
  public static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  /** Why messages are lost, as {@code telemetry:status} shows it. */
  private static final String REFUSED = "refused";

  private final String channel;
  private final Outbox outbox;
  private final PayloadLoader loader;
  private final ChainedJournal journal;
  private final Consent consent;
  private final WorkerPool workers;
  private final ReplyReader replies;
  private final Clock clock;
  private final Duration patience;
  private final long generation;
  private final AtomicReference<Optional<AbortReason>> stop =
      new AtomicReference<>(Optional.empty());
  private volatile Optional<InFlightAttempt> inFlight = Optional.empty();
  private Optional<Ending> unfinished = Optional.empty();

  public DeliveryWorker(
      String channel,
      Outbox outbox,
      ChainedJournal journal,
      Consent consent,
      WorkerPool workers,
      ReplyReader replies,
      Clock clock) {
    this(channel, outbox, journal, consent, workers, replies, clock, PATIENCE);
  }

  public DeliveryWorker(
      String channel,
      Outbox outbox,
      ChainedJournal journal,
      Consent consent,
      WorkerPool workers,
      ReplyReader replies,
      Clock clock,
      Duration patience) {
    this.channel = channel;
    this.outbox = outbox;
    this.loader = new PayloadLoader(channel, outbox);
    this.journal = journal;
    this.consent = consent;
    this.workers = workers;
    this.replies = replies;
    this.clock = clock;
    this.patience = patience;
    this.generation = outbox.generation();
  }

  /**
   * Aborts what is in flight and lets nothing more go until {@link #resume}; from any thread, at
   * once.
   */
  public void abort(AbortReason why) {
    // The owner's word outweighs whatever else stops at the same time.
    stop.updateAndGet(
        before -> before.filter(AbortReason.OWNER::equals).or(() -> Optional.of(why)));
    inFlight.map(InFlightAttempt::deadline).ifPresent(Deadline::cancel);
  }

  /** Aborts, and waits a moment until that is on disk, so that a successor finds it there. */
  public void close() {
    abort(AbortReason.CLOSING);
    inFlight.ifPresent(flight -> flight.awaitLanding(GOODBYE));
  }

  /**
   * Lets go what was stopped. Call it before looking at what is allowed, so that a word that falls
   * in between is seen here or there.
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
    outbox.within(generation, this::recoverNow);
  }

  private void recoverNow() throws IOException {
    Optional<Attempt> unended = outbox.unended(channel);
    if (unended.isEmpty()) {
      return;
    }
    JournalRecord begun = unended.get().record();
    Optional<JournalRecord> recorded =
        journal.newest(begun.id()).filter(record -> record.at().equals(begun.at()));
    if (recorded.isEmpty()) {
      journal.append(
          begun.ended(Outcome.INTERRUPTED, "The process ended before the answer."),
          Optional.empty());
      outbox.end(channel, List.of(), memory -> memory);
    } else {
      end(
          new Ending(
              recorded.get(), Bytes.empty(), unended.get().numbers(), Receipt.retry("unknown")));
    }
  }

  /**
   * Delivers the oldest payload, unless the owner has said no in the meantime, or the sink sends
   * elsewhere.
   *
   * @param destination that was looked up whether it may be sent to
   * @return how it went; empty when there was nothing to deliver, or it was no more allowed
   * @throws IOException when the outbox or the journal cannot be written, or the sink cannot make a
   *     payload; nothing is lost
   */
  public Optional<Delivery> deliver(
      TransportSink sink, String destination, ChannelSettings settings, Admission admission)
      throws IOException {
    finish();
    Optional<Load> next = loader.next(sink, settings);
    if (next.isEmpty()) {
      return Optional.empty();
    }
    Load load = next.get();
    Deadline deadline = Deadline.after(patience, clock);
    InFlightAttempt flight = new InFlightAttempt(deadline);
    inFlight = Optional.of(flight);
    try {
      if (isStopped() || !admission.isAllowed(settings)) {
        return Optional.empty();
      }
      JournalRecord begun = begun(settings, sink, load);
      boolean noted =
          outbox.within(generation, () -> outbox.begin(new Attempt(begun, load.numbers())));
      if (!noted || isStopped() || !Admission.state(sink).destination().equals(destination)) {
        outbox.within(generation, () -> outbox.end(channel, List.of(), memory -> memory));
        return Optional.empty();
      }
      Receipt receipt = send(sink, load.payload(), deadline);
      Optional<AbortReason> stopped = stop.get().or(() -> Optional.of(AbortReason.LATE));
      JournalRecord ended =
          deadline.isCancelled() && receipt.outcome() == Outcome.RETRY
              ? begun.ended(stopped.get().outcome(), stopped.get().why())
              : begun.ended(receipt.outcome(), receipt.answer());
      unfinished = Optional.of(new Ending(ended, load.payload().body(), load.numbers(), receipt));
      boolean kept = finish();
      if (kept && ended.outcome() == Outcome.DELIVERED) {
        Message first = load.batch().get(0).message();
        outbox.within(generation, () -> replies.read(settings, first, receipt, ended.endpoint()));
      }
      return Optional.of(
          new Delivery(begun.id(), begun.at(), begun.bytes(), ended.outcome(), ended.answer()));
    } finally {
      inFlight = Optional.empty();
      flight.land();
    }
  }

  /** Takes everything out of the queue, and says so in the journal. */
  public void withdraw(ChannelSettings settings) throws IOException {
    finish();
    outbox.within(generation, () -> withdrawNow(settings));
  }

  private void withdrawNow(ChannelSettings settings) throws IOException {
    List<QueuedMessage> queued = outbox.all(channel);
    if (!queued.isEmpty()) {
      journal.append(
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
              queued.stream().map(message -> message.message().id()).toList()),
          Optional.empty());
    }
    outbox.end(
        channel,
        queued.stream().map(QueuedMessage::number).toList(),
        memory -> memory.lost("withdrawn", queued.size()));
  }

  private JournalRecord begun(ChannelSettings settings, TransportSink sink, Load load) {
    Bytes body = load.payload().body();
    return new JournalRecord(
        load.payload().id(),
        Instant.ofEpochMilli(clock.millis()),
        channel,
        settings.purpose(),
        consent.explain(settings.purpose(), channel).decidedBy(),
        body.size(),
        body.sha256(),
        sink.state().endpoint(),
        Outcome.INTERRUPTED,
        "",
        load.batch().stream().map(queued -> queued.message().id()).toList());
  }

  private Receipt send(TransportSink sink, Payload payload, Deadline deadline) {
    Alarm late = workers.after(patience, deadline::cancel);
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

  /** Whether it is on disk; an attempt of before everything was forgotten leaves no trace. */
  private boolean finish() throws IOException {
    boolean kept =
        unfinished.isEmpty() || outbox.within(generation, () -> finish(unfinished.get()));
    unfinished = Optional.empty();
    return kept;
  }

  private void finish(Ending ending) throws IOException {
    if (!ending.journaled) {
      journal.append(ending.record, Optional.of(ending.payload));
      ending.journaled = true;
    }
    end(ending);
  }

  private void end(Ending ending) throws IOException {
    limit(ending);
    boolean refused = ending.record.outcome() == Outcome.REFUSED;
    if (refused && ending.numbers.size() > 1) {
      // One bad message must not take the others with it: each goes alone the next time.
      loader.eachAloneUpTo(ending.numbers.get(ending.numbers.size() - 1));
      outbox.end(channel, List.of(), memory -> remembering(memory, ending));
    } else if (refused || ending.record.outcome() == Outcome.DELIVERED) {
      outbox.end(
          channel,
          ending.numbers,
          memory -> remembering(memory, ending).lost(REFUSED, refused ? 1 : 0));
    } else {
      outbox.end(channel, List.of(), memory -> remembering(memory, ending));
    }
  }

  private void limit(Ending ending) throws IOException {
    Map<String, Instant> ends = new TreeMap<>();
    ending
        .receipt
        .limits()
        .forEach((category, time) -> until(time).ifPresent(end -> ends.put(category, end)));
    if (!ends.isEmpty()) {
      outbox.limit(ending.record.endpoint(), ends);
    }
  }

  private Optional<Instant> until(Duration time) {
    return Optional.of(time)
        .filter(t -> !t.isNegative())
        .map(t -> t.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : t)
        .map(clock.instant()::plus);
  }

  private ChannelMemory remembering(ChannelMemory memory, Ending ending) {
    JournalRecord record = ending.record;
    return memory
        .attempted(record.at(), record.bytes())
        .answered(clock.instant(), record.outcome(), record.answer(), pause(ending));
  }

  private Optional<Pause> pause(Ending ending) {
    Receipt receipt = ending.receipt;
    boolean yields = receipt.pause().isEmpty();
    return (yields ? receipt.rest() : receipt.pause())
        .flatMap(this::until)
        .map(end -> new Pause(ending.record.endpoint(), end, yields));
  }

  /** An attempt that has its answer, which is not yet on disk everywhere. */
  private static final class Ending {
    private final JournalRecord record;
    private final Bytes payload;
    private final List<Long> numbers;
    private final Receipt receipt;
    private boolean journaled;

    private Ending(JournalRecord record, Bytes payload, List<Long> numbers, Receipt receipt) {
      this.record = record;
      this.payload = payload;
      this.numbers = numbers;
      this.receipt = receipt;
    }
  }
}
