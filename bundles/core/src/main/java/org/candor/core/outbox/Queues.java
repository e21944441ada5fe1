package org.candor.core.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.core.store.DamagedException;
import org.candor.core.store.StoreFile;
import org.candor.core.store.StoreSettings;
import org.h2.mvstore.MVMap;

/** One queue a channel in an open file, and the bounds over all of them. Commits nothing itself. */
final class Queues {

  private static final String PREFIX = "queue.";
  private static final BatchLimit ALL = new BatchLimit(Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final StoreFile file;
  private final Losses losses;
  private final Map<String, Long> bytes = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();

  Queues(StoreFile file, Losses losses) {
    this.file = file;
    this.losses = losses;
    for (String name : file.numberedNames()) {
      if (name.startsWith(PREFIX)) {
        String channel = name.substring(PREFIX.length());
        queue(channel).values().forEach(sheaf -> check(channel, sheaf));
      }
    }
  }

  private void check(String channel, byte[] sheaf) {
    for (MessageBatch.Walk walk = new MessageBatch(sheaf).walk(); walk.hasNext(); ) {
      whole(channel, walk);
    }
    weigh(channel, sheaf, 1);
  }

  private static QueuedMessage whole(String channel, MessageBatch.Walk walk) {
    return walk.message()
        .orElseThrow(
            () -> new DamagedException("a message of channel " + channel + " is not whole"));
  }

  private void weigh(String channel, byte[] sheaf, int sign) {
    bytes.merge(channel, (long) sign * sheaf.length, Long::sum);
    counts.merge(channel, (long) sign * new MessageBatch(sheaf).count(), Long::sum);
  }

  /** The numbers of all messages that wait in a file, and their channels. */
  static Map<Long, String> numbers(StoreFile file) {
    Map<Long, String> numbers = new TreeMap<>();
    for (String name : file.numberedNames()) {
      if (name.startsWith(PREFIX)) {
        String channel = name.substring(PREFIX.length());
        file.numbered(name)
            .forEach(
                (first, sheaf) -> {
                  for (int i = 0; i < new MessageBatch(sheaf).count(); i++) {
                    numbers.put(first + i, channel);
                  }
                });
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
    put(queued.channel(), queued.number(), List.of(MessageCodec.encode(queued)));
  }

  /** Adds messages under the numbers that follow on each other. */
  void addAll(String channel, long first, Instant at, List<Message> messages) {
    List<byte[]> frames = new ArrayList<>(messages.size());
    for (Message message : messages) {
      long number = first + frames.size();
      frames.add(MessageCodec.encode(new QueuedMessage(number, channel, at, message)));
    }
    put(channel, first, frames);
  }

  private void put(String channel, long first, List<byte[]> frames) {
    long number = first;
    for (byte[] sheaf : MessageBatch.of(frames)) {
      queue(channel).put(number, sheaf);
      weigh(channel, sheaf, 1);
      number += new MessageBatch(sheaf).count();
    }
  }

  void remove(String channel, Collection<Long> numbers) {
    NavigableSet<Long> left = new TreeSet<>(numbers);
    while (!left.isEmpty()) {
      long number = left.first();
      Long first = queue(channel).floorKey(number);
      long end =
          first == null ? number : first + new MessageBatch(queue(channel).get(first)).count();
      if (number < end) {
        remove(channel, first, left.subSet(first, end));
      }
      left.headSet(Math.max(end, number + 1)).clear();
    }
  }

  /** Takes some messages out of a sheaf. */
  private void remove(String channel, long first, Set<Long> numbers) {
    byte[] sheaf = queue(channel).remove(first);
    weigh(channel, sheaf, -1);
    if (numbers.size() == new MessageBatch(sheaf).count()) {
      return;
    }
    List<byte[]> kept = new ArrayList<>();
    long number = first;
    for (byte[] frame : new MessageBatch(sheaf).frames()) {
      if (numbers.contains(number)) {
        put(channel, number - kept.size(), kept);
        kept.clear();
      } else {
        kept.add(frame);
      }
      number++;
    }
    put(channel, number - kept.size(), kept);
  }

  void removeIf(Predicate<QueuedMessage> settled) {
    for (String channel : channels()) {
      remove(
          channel, head(channel, ALL).stream().filter(settled).map(QueuedMessage::number).toList());
    }
  }

  /** The ids of all messages. */
  Set<String> ids() {
    return channels().stream()
        .flatMap(channel -> head(channel, ALL).stream())
        .map(queued -> queued.message().id())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those of some ids whose messages are here. Holds a few messages at a time, not all of them. */
  Set<String> waiting(Set<String> ids) {
    Set<String> found = new HashSet<>();
    for (String channel : channels()) {
      for (Long first : queue(channel).keySet()) {
        MessageBatch.Walk walk = new MessageBatch(queue(channel).get(first)).walk();
        while (walk.hasNext()) {
          String id = whole(channel, walk).message().id();
          if (ids.contains(id)) {
            found.add(id);
          }
        }
      }
    }
    return found;
  }

  boolean isEmpty() {
    return totalCount() == 0;
  }

  long count(String channel) {
    return counts.getOrDefault(channel, 0L);
  }

  /** The oldest messages. */
  List<QueuedMessage> head(String channel, BatchLimit limit) {
    MVMap<Long, byte[]> queue = queue(channel);
    List<QueuedMessage> head = new ArrayList<>();
    long size = 0;
    for (Long first = queue.firstKey();
        first != null && head.size() < limit.messages();
        first = queue.higherKey(first)) {
      MessageBatch.Walk walk = new MessageBatch(queue.get(first)).walk();
      while (walk.hasNext() && head.size() < limit.messages()) {
        QueuedMessage queued = whole(channel, walk);
        size += queued.message().body().size();
        if (size > limit.bytes() && !head.isEmpty()) {
          return head;
        }
        head.add(queued);
      }
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
      remove(head.get().channel(), List.of(head.get().number()));
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
    return List.copyOf(counts.keySet());
  }

  /** How many there are, by channel. */
  Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  private long totalCount() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private long totalBytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
