package org.candor.core.delivery;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.api.sink.Payload;
import org.candor.api.sink.TransportSink;
import org.candor.core.outbox.Outbox;
import org.candor.core.outbox.QueuedMessage;
import org.candor.core.plugin.ChannelSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Payload loader: takes what waits longest out of the outbox and has the sink make a payload of it.
 */
final class PayloadLoader {

  private static final Logger log = LoggerFactory.getLogger(PayloadLoader.class);

  /** How far to look for a message that shows that the sink is well. */
  private static final BatchLimit NEIGHBOURS = new BatchLimit(20, 1 << 20);

  /** Why messages are lost, as {@code telemetry:status} shows it. */
  private static final String UNENCODABLE = "unencodable";

  private final String channel;
  private final Outbox outbox;
  private final long generation;
  private long aloneUpTo;

  PayloadLoader(String channel, Outbox outbox) {
    this.channel = channel;
    this.outbox = outbox;
    this.generation = outbox.generation();
  }

  /** Messages and what they look like on the wire. */
  record Load(List<QueuedMessage> batch, Payload payload) {

    List<Long> numbers() {
      return batch.stream().map(QueuedMessage::number).toList();
    }
  }

  /** From now on each message up to this number goes in a payload of its own. */
  void eachAloneUpTo(long number) {
    aloneUpTo = number;
  }

  /**
   * The next payload. A message that makes the sink fail goes alone, and then aside (poison
   * message).
   *
   * @return empty when nothing waits, or everything was forgotten
   * @throws IOException when the sink can encode nothing at all, or the outbox cannot be used
   */
  Optional<Load> next(TransportSink sink, ChannelSettings settings) throws IOException {
    while (generation == outbox.generation()) {
      List<QueuedMessage> batch = nextBatch(sink);
      if (batch.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(new Load(batch, encode(sink, batch)));
      } catch (RuntimeException | LinkageError e) {
        QueuedMessage first = batch.get(0);
        if (batch.size() > 1) {
          aloneUpTo = batch.get(batch.size() - 1).number();
        } else if (isWell(sink, first)) {
          outbox.within(
              generation,
              () ->
                  outbox.end(
                      channel, List.of(first.number()), memory -> memory.lost(UNENCODABLE, 1)));
          log.error(
              "{}: message {} makes the sink {} fail, which others do not ({}). It is dropped"
                  + " and counted as lost: {}.",
              channel,
              first.message().id(),
              settings.sink(),
              e,
              UNENCODABLE);
        } else {
          throw new UnencodableException(settings.sink(), e);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What waits and could go in one payload, together with whatever else fits; empty also when each
   * message has to go alone.
   */
  List<QueuedMessage> waiting(TransportSink sink) throws IOException {
    return aloneUpTo > 0 ? List.of() : outbox.peek(channel, sink.batchLimit());
  }

  /** Whether the sink can encode any other message: then the fault lies in this one. */
  private boolean isWell(TransportSink sink, QueuedMessage except) throws IOException {
    for (QueuedMessage other : outbox.peek(channel, NEIGHBOURS)) {
      if (other.number() != except.number() && encodes(sink, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean encodes(TransportSink sink, QueuedMessage message) {
    try {
      encode(sink, List.of(message));
      return true;
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }

  private static Payload encode(TransportSink sink, List<QueuedMessage> batch) {
    return encodeMessages(sink, batch.stream().map(QueuedMessage::message).toList());
  }

  static Payload encodeMessages(TransportSink sink, List<Message> messages) {
    return Objects.requireNonNull(sink.encode(messages), "no payload");
  }

  private List<QueuedMessage> nextBatch(TransportSink sink) throws IOException {
    if (aloneUpTo > 0) {
      List<QueuedMessage> head = outbox.peek(channel, BatchLimit.ONE_MESSAGE);
      if (head.isEmpty() || head.get(0).number() <= aloneUpTo) {
        return head;
      }
      aloneUpTo = 0;
    }
    return outbox.peek(channel, sink.batchLimit());
  }
}
