package org.candor.core.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.SealedMap;
import org.candor.core.store.StoreFile;

/**
 * Recovered data: what can still be read of a file that was set aside.
 *
 * @param named the named values that are whole, by map
 * @param allNamed whether none of what every channel remembers is missing
 * @param messages those that wait and are whole, by number
 * @param missing how many of those that wait are not, by channel
 * @param number the highest that a message is known to have had
 */
record RecoveredData(
    Map<String, Map<String, String>> named,
    boolean allNamed,
    Map<Long, QueuedMessage> messages,
    Map<String, Long> missing,
    long number) {

  /** What is known of the messages besides the file. */
  record Known(Set<String> settled, Optional<OutboxCheckpoint> marked) {

    private boolean isGone(QueuedMessage queued) {
      return marked.filter(mark -> mark.isGone(queued.channel(), queued.number())).isPresent();
    }
  }

  /** Reads the file. */
  static RecoveredData read(StoreFile file, Path path, Known known) throws IOException {
    Map<Long, QueuedMessage> whole = new TreeMap<>();
    Map<Long, String> settled = new TreeMap<>();
    RecordFrame.scan(
        path,
        content ->
            MessageCodec.fields(content)
                .ifPresent(
                    queued -> {
                      if (known.settled().contains(queued.message().id())) {
                        settled.put(queued.number(), queued.channel());
                      } else if (!known.isGone(queued)) {
                        whole.put(queued.number(), queued);
                      }
                    }));
    Map<String, Map<String, String>> scanned = SealedMap.scan(path);
    Map<String, Map<String, String>> named = new HashMap<>();
    Optional<Map<Long, String>> waiting = Optional.empty();
    boolean allNamed = false;
    if (file.openReadOnly()) {
      for (String map : Contents.MAPS) {
        readable(file, f -> f.wholeNamed(map)).ifPresent(m -> named.put(map, m));
      }
      allNamed =
          readable(file, f -> f.namedCount(Contents.MEMORY))
              .filter(count -> named.getOrDefault(Contents.MEMORY, Map.of()).size() == count)
              .isPresent();
      waiting = readable(file, Queues::numbers);
      file.close();
    }
    scanned.keySet().retainAll(Contents.MAPS);
    scanned.forEach(named::putIfAbsent);
    Map<String, String> installation =
        new TreeMap<>(scanned.getOrDefault(Contents.INSTALLATION, Map.of()));
    installation.putAll(named.getOrDefault(Contents.INSTALLATION, Map.of()));
    named.put(Contents.INSTALLATION, installation);
    long number =
        Math.max(
            known.marked().map(OutboxCheckpoint::number).orElse(0L),
            Math.max(last(whole.keySet()), last(settled.keySet())));
    waiting.ifPresent(numbers -> whole.keySet().retainAll(numbers.keySet()));
    return new RecoveredData(
        named, allNamed, whole, missing(whole, settled, waiting, known, installation), number);
  }

  private static long last(Set<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** The mark knows best, unless a power loss has left one of before. */
  private static Map<String, Long> missing(
      Map<Long, QueuedMessage> whole,
      Map<Long, String> settled,
      Optional<Map<Long, String>> waiting,
      Known known,
      Map<String, String> installation) {
    Map<Long, String> there = new TreeMap<>();
    whole.forEach((number, queued) -> there.put(number, queued.channel()));
    long commits = Contents.commits(installation);
    return known
        .marked()
        .filter(mark -> mark.commits() >= commits || waiting.isEmpty())
        .map(mark -> mark.missing(there, settled))
        .orElseGet(() -> missing(there, waiting.orElse(Map.of())));
  }

  private static Map<String, Long> missing(Map<Long, String> there, Map<Long, String> waiting) {
    Map<String, Long> missing = new TreeMap<>();
    waiting.forEach(
        (number, channel) -> {
          if (!there.containsKey(number)) {
            missing.merge(channel, 1L, Long::sum);
          }
        });
    return missing;
  }

  private static <T> Optional<T> readable(StoreFile file, Function<StoreFile, T> read) {
    try {
      return Optional.of(read.apply(file));
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }
}
