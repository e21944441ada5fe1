package org.candor.core.channel;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.control.Delivery;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.TransportSink;
import org.candor.core.consent.Consent;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.journal.JournalRecord;
import org.candor.core.outbox.Attempt;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.QueuedMessage;

/**
 * Carries a channel's queue to its sink, one payload at a time. Before a payload leaves, the outbox
 * notes that it is about to; after the answer the journal gets its entry, and only then does the
 * outbox let the messages go. So whatever step a crash comes after, every byte that left is in the
 * journal, and a message is sent again under the same id or not at all.
 */
final class Courier {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String channel;
  private final Outbox outbox;
  private final ChainedJournal journal;
  private final Consent consent;
  private final Clock clock;
  private volatile Optional<Deadline> inFlight = Optional.empty();
  private Optional<Ending> unfinished = Optional.empty();
  private long aloneUpTo;

  Courier(String channel, Outbox outbox, ChainedJournal journal, Consent consent, Clock clock) {
    this.channel = channel;
    this.outbox = outbox;
    this.journal = journal;
    this.consent = consent;
    this.clock = clock;
  }

  /** Aborts what is in flight; from any thread, at once. */
  void abort() {
    inFlight.ifPresent(Deadline::cancel);
  }

  /** Puts right what a crash left in the middle. Call it once, before anything else. */
  void recover() throws IOException {
    Optional<Attempt> unended = outbox.unended(channel);
    if (unended.isEmpty()) {
      return;
    }
    JournalRecord begun = unended.get().record();
    Optional<Outcome> recorded =
        journal
            .newest(begun.id())
            .filter(record -> record.at().equals(begun.at()))
            .map(JournalRecord::outcome);
    if (recorded.isEmpty()) {
      journal.append(
          begun.ended(Outcome.INTERRUPTED, "The process ended before the answer."),
          Optional.empty());
    }
    boolean settled =
        recorded
            .filter(outcome -> outcome == Outcome.DELIVERED || outcome == Outcome.REFUSED)
            .isPresent();
    outbox.end(
        channel,
        settled ? unended.get().numbers() : List.of(),
        memory ->
            recorded.isPresent()
                ? memory.answered(begun.at(), recorded.get(), "", memory.pausedUntil())
                : memory);
  }

  /**
   * Delivers the oldest payload, unless the owner has said no in the meantime.
   *
   * @return how it went; empty when there was nothing to deliver, or it was no more allowed
   * @throws IOException when the outbox or the journal cannot be written; nothing is lost
   */
  Optional<Delivery> deliver(TransportSink sink, ChannelSettings settings, Gates gates)
      throws IOException {
    finish();
    List<QueuedMessage> batch = nextBatch(sink);
    if (batch.isEmpty()) {
      return Optional.empty();
    }
    List<Message> messages = batch.stream().map(QueuedMessage::message).toList();
    Payload payload = sink.encode(messages);
    Deadline deadline = Deadline.after(PATIENCE, clock);
    inFlight = Optional.of(deadline);
    try {
      if (!gates.isAllowed(settings)) {
        return Optional.empty();
      }
      JournalRecord begun = begun(settings, sink, payload, messages);
      List<Long> numbers = batch.stream().map(QueuedMessage::number).toList();
      outbox.begin(new Attempt(begun, numbers));
      Receipt receipt = send(sink, payload, deadline);
      boolean withdrawn = deadline.isCancelled() && receipt.outcome() != Outcome.DELIVERED;
      JournalRecord ended =
          withdrawn
              ? begun.ended(Outcome.WITHDRAWN, "Aborted on the owner's word.")
              : begun.ended(receipt.outcome(), receipt.answer());
      unfinished = Optional.of(new Ending(ended, payload.body(), numbers, receipt.pause()));
      finish();
      return Optional.of(
          new Delivery(
              payload.id(), begun.at(), payload.body().size(), ended.outcome(), ended.answer()));
    } finally {
      inFlight = Optional.empty();
    }
  }

  /** Takes everything out of the queue, and says so in the journal. */
  ChannelMemory withdraw(ChannelSettings settings) throws IOException {
    finish();
    List<QueuedMessage> queued = outbox.all(channel);
    if (!queued.isEmpty()) {
      journal.append(
          new JournalRecord(
              queued.get(0).message().id(),
              clock.instant(),
              channel,
              settings.purpose(),
              consent.explain(settings.purpose()).decidedBy(),
              0,
              Bytes.empty().sha256(),
              "",
              Outcome.WITHDRAWN,
              queued.size() + " queued messages were erased on the owner's word.",
              queued.stream().map(message -> message.message().id()).toList()),
          Optional.empty());
    }
    return outbox.end(
        channel,
        queued.stream().map(QueuedMessage::number).toList(),
        memory -> memory.lost("withdrawn", queued.size()));
  }

  private List<QueuedMessage> nextBatch(TransportSink sink) throws IOException {
    List<QueuedMessage> head = outbox.peek(channel, BatchLimit.ONE_MESSAGE);
    if (head.isEmpty() || head.get(0).number() <= aloneUpTo) {
      return head;
    }
    return outbox.peek(channel, sink.batchLimit());
  }

  private JournalRecord begun(
      ChannelSettings settings, TransportSink sink, Payload payload, List<Message> messages) {
    return new JournalRecord(
        payload.id(),
        Instant.ofEpochMilli(clock.millis()),
        channel,
        settings.purpose(),
        consent.explain(settings.purpose()).decidedBy(),
        payload.body().size(),
        payload.body().sha256(),
        sink.state().endpoint(),
        Outcome.INTERRUPTED,
        "",
        messages.stream().map(Message::id).toList());
  }

  private static Receipt send(TransportSink sink, Payload payload, Deadline deadline) {
    try {
      return sink.send(payload, deadline);
    } catch (IOException e) {
      return Receipt.retry(String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      return Receipt.retry("The sink failed: " + e);
    }
  }

  private void finish() throws IOException {
    if (unfinished.isEmpty()) {
      return;
    }
    Ending ending = unfinished.get();
    JournalRecord record = ending.record;
    if (!ending.journaled) {
      journal.append(record, Optional.of(ending.payload));
      ending.journaled = true;
    }
    boolean refused = record.outcome() == Outcome.REFUSED;
    if (refused && ending.numbers.size() > 1) {
      // One bad message must not take the others with it: each goes alone the next time.
      aloneUpTo = ending.numbers.get(ending.numbers.size() - 1);
      outbox.end(channel, List.of(), memory -> remembering(memory, ending));
    } else if (refused || record.outcome() == Outcome.DELIVERED) {
      outbox.end(
          channel,
          ending.numbers,
          memory -> remembering(memory, ending).lost("refused", refused ? 1 : 0));
    } else {
      outbox.end(channel, List.of(), memory -> remembering(memory, ending));
    }
    unfinished = Optional.empty();
  }

  private ChannelMemory remembering(ChannelMemory memory, Ending ending) {
    JournalRecord record = ending.record;
    Instant now = clock.instant();
    return memory.answered(now, record.outcome(), record.answer(), ending.pause.map(now::plus));
  }

  /** An attempt that has its answer, which is not yet on disk everywhere. */
  private static final class Ending {
    private final JournalRecord record;
    private final Bytes payload;
    private final List<Long> numbers;
    private final Optional<Duration> pause;
    private boolean journaled;

    private Ending(
        JournalRecord record, Bytes payload, List<Long> numbers, Optional<Duration> pause) {
      this.record = record;
      this.payload = payload;
      this.numbers = numbers;
      this.pause = pause;
    }
  }
}
