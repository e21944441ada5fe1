package org.candor.core.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.core.outbox.OutboxCheckpoint.Waiting;
import org.candor.core.store.DamagedException;
import org.candor.core.store.MapCheck;
import org.candor.core.store.StoreFile;
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
        MapCheck.keys(name, queue(channel)).forEach(first -> check(channel, first));
      }
    }
  }

  private void check(String channel, long first) {
    byte[] sheaf = queue(channel).get(first);
    MessageBatch.Walk walk = new MessageBatch(sheaf).walk();
    for (long number = first; walk.hasNext(); number++) {
      QueuedMessage queued = whole(channel, walk);
      if (queued.number() != number || !queued.channel().equals(channel)) {
        throw new DamagedException("a message of channel " + channel + " is not in its place");
      }
    }
    if (!walk.isAtTheEnd()) {
      throw new DamagedException("messages of channel " + channel + " are not whole");
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

  /** The numbers of all messages, and their channels. */
  Map<Long, String> numbers() {
    return numbers(file);
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

  /** Counts messages that will not be delivered. */
  @FunctionalInterface
  interface Losses {
    void lost(String channel, String reason, long count);
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
    return counts.values().stream().allMatch(count -> count == 0);
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
    for (String channel : channels()) {
      List<Long> old = new ArrayList<>();
      for (Long first = queue(channel).firstKey();
          first != null && old.addAll(olderThan(oldest, channel, first));
          first = queue(channel).higherKey(first)) {
        // What is younger follows.
      }
      drop(channel, Outbox.TOO_OLD, old);
    }
  }

  /** Those at the beginning of a sheaf. */
  private List<Long> olderThan(Instant oldest, String channel, long first) {
    List<Long> old = new ArrayList<>();
    for (MessageBatch.Walk walk = new MessageBatch(queue(channel).get(first)).walk();
        walk.hasNext(); ) {
      QueuedMessage queued = whole(channel, walk);
      if (!queued.at().isBefore(oldest)) {
        return old;
      }
      old.add(queued.number());
    }
    return old;
  }

  /**
   * Drops the oldest of a channel, which are counted as lost.
   *
   * @param amount how much at least
   * @param inBytes whether that is bytes, or messages
   */
  void dropOldest(String channel, String reason, long amount, boolean inBytes) {
    List<Long> oldest = new ArrayList<>();
    long dropped = 0;
    for (Long first = queue(channel).firstKey();
        first != null && dropped < amount;
        first = queue(channel).higherKey(first)) {
      long number = first;
      for (Iterator<byte[]> frames =
              new MessageBatch(queue(channel).get(first)).frames().iterator();
          frames.hasNext() && dropped < amount;
          number++) {
        dropped += inBytes ? frames.next().length : Math.min(1, frames.next().length);
        oldest.add(number);
      }
    }
    drop(channel, reason, oldest);
  }

  private void drop(String channel, String reason, List<Long> numbers) {
    if (!numbers.isEmpty()) {
      remove(channel, numbers);
      losses.lost(channel, reason, numbers.size());
    }
  }

  private MVMap<Long, byte[]> queue(String channel) {
    return file.numbered(PREFIX + channel);
  }

  private List<String> channels() {
    return List.copyOf(counts.keySet());
  }

  /** What waits, by channel. */
  Map<String, Waiting> waiting() {
    Map<String, Waiting> waiting = new HashMap<>();
    counts.forEach(
        (channel, count) -> {
          if (count > 0) {
            waiting.put(channel, new Waiting(count, queue(channel).firstKey()));
          }
        });
    return waiting;
  }

  /** Whether messages of these numbers wait. */
  boolean holds(String channel, Collection<Long> numbers) {
    return numbers.stream()
        .allMatch(
            number -> {
              Long first = queue(channel).floorKey(number);
              return first != null
                  && number < first + new MessageBatch(queue(channel).get(first)).count();
            });
  }

  /** The number of the oldest message of a channel that has some. */
  long first(String channel) {
    return queue(channel).firstKey();
  }

  /** What all of them take. */
  long totalBytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many there are, by channel. */
  Map<String, Long> counts() {
    return counts;
  }

  /** What they take, by channel. */
  Map<String, Long> bytes() {
    return bytes;
  }
}
