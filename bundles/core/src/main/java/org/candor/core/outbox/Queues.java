package org.candor.core.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.candor.api.sink.BatchLimit;
import org.candor.core.store.DamagedException;
import org.candor.core.store.Frame;
import org.candor.core.store.StoreFile;
import org.candor.core.store.StoreSettings;
import org.h2.mvstore.MVMap;

/** One queue a channel in an open file, and the bounds over all of them. Commits nothing itself. */
final class Queues {

  private static final String PREFIX = "queue.";

  private final StoreFile file;
  private final Losses losses;
  private final Map<String, Long> bytes = new HashMap<>();

  Queues(StoreFile file, Losses losses) {
    this.file = file;
    this.losses = losses;
    for (String name : file.numberedNames()) {
      if (name.startsWith(PREFIX)) {
        bytes.put(name.substring(PREFIX.length()), 0L);
      }
    }
    for (String channel : channels()) {
      queue(channel).values().forEach(frame -> check(channel, frame));
    }
  }

  private void check(String channel, byte[] frame) {
    if (Frame.unwrap(frame).isEmpty()) {
      throw new DamagedException("a message of channel " + channel + " is not whole");
    }
    bytes.merge(channel, (long) frame.length, Long::sum);
  }

  /** The numbers of all messages that wait in a file, and their channels. */
  static Map<Long, String> numbers(StoreFile file) {
    Map<Long, String> numbers = new TreeMap<>();
    for (String name : file.numberedNames()) {
      if (name.startsWith(PREFIX)) {
        file.numbered(name)
            .keyIterator(null)
            .forEachRemaining(number -> numbers.put(number, name.substring(PREFIX.length())));
      }
    }
    return numbers;
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

  void removeIf(Predicate<QueuedMessage> settled) {
    BatchLimit all = new BatchLimit(Integer.MAX_VALUE, Integer.MAX_VALUE);
    for (String channel : channels()) {
      head(channel, all).stream()
          .filter(settled)
          .forEach(queued -> remove(channel, queued.number()));
    }
  }

  /** The ids of all messages. */
  Set<String> ids() {
    BatchLimit all = new BatchLimit(Integer.MAX_VALUE, Integer.MAX_VALUE);
    return channels().stream()
        .flatMap(channel -> head(channel, all).stream())
        .map(queued -> queued.message().id())
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean isEmpty() {
    return totalCount() == 0;
  }

  long count(String channel) {
    return queue(channel).sizeAsLong();
  }

  /** The oldest messages. */
  List<QueuedMessage> head(String channel, BatchLimit limit) {
    MVMap<Long, byte[]> queue = queue(channel);
    List<QueuedMessage> head = new ArrayList<>();
    long size = 0;
    for (Long number = queue.firstKey();
        number != null && head.size() < limit.messages();
        number = queue.higherKey(number)) {
      QueuedMessage queued =
          MessageCodec.decode(queue.get(number))
              .orElseThrow(
                  () -> new DamagedException("a message of channel " + channel + " is not whole"));
      size += queued.message().body().size();
      if (size > limit.bytes() && !head.isEmpty()) {
        break;
      }
      head.add(queued);
    }
    return head;
  }

  void dropOlderThan(Instant oldest) {
    drop(Outbox.TOO_OLD, () -> oldest().filter(head -> head.at().isBefore(oldest)).isPresent());
  }

  /** Drops the oldest until the rest fits; see {@link StoreFile#mayHold}. */
  void dropBeyond(StoreSettings most) {
    drop(Outbox.TOO_MANY, () -> totalCount() > most.maxCount());
    drop(Outbox.TOO_LARGE, () -> totalBytes() > StoreFile.mayHold(most.maxBytes()));
  }

  /** How near the bounds are, from 0 to 1. */
  double fill(StoreSettings most) {
    return Math.max(
        (double) totalCount() / most.maxCount(),
        (double) totalBytes() / StoreFile.mayHold(most.maxBytes()));
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
    return List.copyOf(bytes.keySet());
  }

  private long totalCount() {
    return channels().stream().mapToLong(this::count).sum();
  }

  private long totalBytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
