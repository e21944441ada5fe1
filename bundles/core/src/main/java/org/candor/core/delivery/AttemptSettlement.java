package org.candor.core.delivery;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.candor.api.Bytes;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Receipt;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.journal.JournalRecord;
import org.candor.core.outbox.Attempt;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.OutboxView;
import org.candor.core.outbox.Pause;

/**
 * Settlement of an attempt, in the order that makes delivery at-least-once: the journal's entry is
 * durable before the outbox lets go. What cannot be written stays here and is tried again; what a
 * crash left in the middle is put right by {@link #recover}. For one thread at a time.
 */
final class AttemptSettlement {

  /** Why messages are lost, as {@code telemetry:status} shows it. */
  private static final String REFUSED = "refused";

  private final String channel;
  private final Outbox outbox;
  private final ChainedJournal journal;
  private final PayloadLoader loader;
  private final Clock clock;
  private final long generation;
  private Optional<Ending> unfinished = Optional.empty();
  private OutboxView queue;

  AttemptSettlement(
      String channel, Outbox outbox, ChainedJournal journal, PayloadLoader loader, Clock clock) {
    this.channel = channel;
    this.outbox = outbox;
    this.journal = journal;
    this.loader = loader;
    this.clock = clock;
    this.generation = outbox.generation();
    this.queue = OutboxView.none(clock.instant());
  }

  /** The channel's queue after what was settled last. */
  OutboxView queue() {
    return queue;
  }

  /** Crash recovery: an attempt that began and did not end. Call it once, before anything else. */
  void recover() throws IOException {
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
      release(
          new Ending(
              recorded.get(), Bytes.empty(), unended.get().numbers(), Receipt.retry("unknown")));
    }
  }

  /** The attempt that was noted is not made. */
  OutboxView release() throws IOException {
    outbox.within(generation, () -> queue = outbox.end(channel, List.of(), memory -> memory));
    return queue;
  }

  /**
   * An attempt has its answer. One of before everything was forgotten leaves no trace.
   *
   * @param record the entry that the journal is to get
   * @param payload what left
   * @param numbers of its messages
   * @throws IOException when it cannot be written; it is tried again by {@link #finish}
   */
  void settle(JournalRecord record, Bytes payload, List<Long> numbers, Receipt receipt)
      throws IOException {
    unfinished = Optional.of(new Ending(record, payload, numbers, receipt));
    finish();
  }

  /** Changes the queue further, unless everything was forgotten. */
  void then(Change change) throws IOException {
    outbox.within(generation, () -> queue = change.of(queue));
  }

  /** What follows an answer. */
  @FunctionalInterface
  interface Change {
    OutboxView of(OutboxView queue) throws IOException;
  }

  /** Puts on disk what could not be written before, if anything. */
  void finish() throws IOException {
    if (unfinished.isPresent()) {
      Ending ending = unfinished.get();
      outbox.within(generation, () -> finish(ending));
      unfinished = Optional.empty();
    }
  }

  private void finish(Ending ending) throws IOException {
    if (!ending.journaled) {
      journal.append(ending.record, Optional.of(ending.payload));
      ending.journaled = true;
    }
    release(ending);
  }

  private void release(Ending ending) throws IOException {
    limit(ending);
    boolean refused = ending.record.outcome() == Outcome.REFUSED;
    if (refused && ending.numbers.size() > 1) {
      // One bad message must not take the others with it: each goes alone the next time.
      loader.eachAloneUpTo(ending.numbers.get(ending.numbers.size() - 1));
      queue = outbox.end(channel, List.of(), memory -> remembering(memory, ending));
    } else if (refused || ending.record.outcome() == Outcome.DELIVERED) {
      queue =
          outbox.end(
              channel,
              ending.numbers,
              memory -> remembering(memory, ending).lost(REFUSED, refused ? 1 : 0));
    } else {
      queue = outbox.end(channel, List.of(), memory -> remembering(memory, ending));
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
        .map(t -> t.compareTo(EndpointHold.LONGEST) > 0 ? EndpointHold.LONGEST : t)
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
