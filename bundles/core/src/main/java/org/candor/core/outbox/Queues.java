package org.candor.core.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.candor.api.sink.BatchLimit;
import org.candor.core.store.StoreFile;
import org.candor.core.store.StoreSettings;
import org.h2.mvstore.MVMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One queue a channel in an open file, and the bounds over all of them. Commits nothing itself. */
final class Queues {

  private static final Logger log = LoggerFactory.getLogger(Queues.class);
  private static final String PREFIX = "queue.";

  private final StoreFile file;
  private final Losses losses;
  private final Map<String, Long> bytes = new HashMap<>();

  Queues(StoreFile file, Losses losses) {
    this.file = file;
    this.losses = losses;
    for (String channel : channels()) {
      bytes.put(channel, queue(channel).values().stream().mapToLong(value -> value.length).sum());
    }
  }

  /** Counts a message that will not be delivered. */
  @FunctionalInterface
  interface Losses {
    void lost(String channel, String reason);
  }

  void add(QueuedMessage queued) {
    byte[] encoded = MessageCodec.encode(queued);
    queue(queued.channel()).put(queued.number(), encoded);
    bytes.merge(queued.channel(), (long) encoded.length, Long::sum);
  }

  void remove(String channel, long number) {
    byte[] removed = queue(channel).remove(number);
    if (removed != null) {
      bytes.merge(channel, (long) -removed.length, Long::sum);
    }
  }

  long count(String channel) {
    return queue(channel).sizeAsLong();
  }

  /** The oldest messages; what is damaged among them is put aside and counted. */
  List<QueuedMessage> head(String channel, BatchLimit limit) {
    MVMap<Long, byte[]> queue = queue(channel);
    List<QueuedMessage> head = new ArrayList<>();
    long size = 0;
    for (Long number = queue.firstKey();
        number != null && head.size() < limit.messages();
        number = queue.higherKey(number)) {
      byte[] encoded = queue.get(number);
      Optional<QueuedMessage> queued = MessageCodec.decode(encoded, 0);
      if (queued.isEmpty()) {
        putAside(channel, number, encoded);
        continue;
      }
      size += queued.get().message().body().size();
      if (size > limit.bytes() && !head.isEmpty()) {
        break;
      }
      head.add(queued.get());
    }
    return head;
  }

  void dropOlderThan(Instant oldest) {
    drop(Outbox.TOO_OLD, () -> oldest().filter(head -> head.at().isBefore(oldest)).isPresent());
  }

  /** Drops the oldest until the rest fits; half of the file is left for what the store rewrites. */
  void dropBeyond(StoreSettings most) {
    drop(Outbox.TOO_MANY, () -> totalCount() > most.maxCount());
    drop(Outbox.TOO_LARGE, () -> totalBytes() > most.maxBytes() / 2);
  }

  private void drop(String reason, BooleanSupplier excess) {
    while (excess.getAsBoolean()) {
      Optional<QueuedMessage> head = oldest();
      if (head.isEmpty()) {
        return;
      }
      remove(head.get().channel(), head.get().number());
      losses.lost(head.get().channel(), reason);
    }
  }

  private void putAside(String channel, long number, byte[] encoded) {
    log.error(
        "{}: message {} of channel {} is damaged and cannot be sent. Its {} bytes are kept aside;"
            + " it is counted as lost: {}.",
        file.path(),
        number,
        channel,
        encoded.length,
        Outbox.DAMAGED);
    file.numbered("damaged." + channel).put(number, encoded);
    remove(channel, number);
    losses.lost(channel, Outbox.DAMAGED);
  }

  private Optional<QueuedMessage> oldest() {
    return channels().stream()
        .map(channel -> head(channel, BatchLimit.ONE_MESSAGE))
        .flatMap(List::stream)
        .min(Comparator.comparingLong(QueuedMessage::number));
  }

  private MVMap<Long, byte[]> queue(String channel) {
    return file.numbered(PREFIX + channel);
  }

  private List<String> channels() {
    List<String> channels = new ArrayList<>();
    for (String name : file.names()) {
      if (name.startsWith(PREFIX)) {
        channels.add(name.substring(PREFIX.length()));
      }
    }
    return channels;
  }

  private long totalCount() {
    return channels().stream().mapToLong(this::count).sum();
  }

  private long totalBytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
