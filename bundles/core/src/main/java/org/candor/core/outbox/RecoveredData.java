package org.candor.core.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;

/**
 * Recovered data: what can still be read of a file that was set aside.
 *
 * @param named the named maps that are readable, by name
 * @param messages those that wait and are whole, by number
 * @param missing the channels of those that wait and are not, one entry for each
 * @param settled how many still lie in the file and wait no more, by channel
 */
record RecoveredData(
    Map<String, Map<String, String>> named,
    Map<Long, QueuedMessage> messages,
    List<String> missing,
    Map<String, Long> settled) {

  /**
   * Reads the file.
   *
   * @param maps names of the named maps
   * @param settled ids of messages that may still lie in the file and wait no more
   */
  static RecoveredData read(StoreFile file, Path path, Set<String> maps, Set<String> settled)
      throws IOException {
    Map<Long, QueuedMessage> whole = new TreeMap<>();
    Map<Long, String> done = new TreeMap<>();
    RecordFrame.scan(
        path,
        content ->
            MessageCodec.fields(content)
                .ifPresent(
                    queued -> {
                      if (settled.contains(queued.message().id())) {
                        done.put(queued.number(), queued.channel());
                      } else {
                        whole.put(queued.number(), queued);
                      }
                    }));
    Map<String, Map<String, String>> named = new TreeMap<>();
    Optional<Map<Long, String>> waiting = Optional.empty();
    if (file.openReadOnly()) {
      for (String map : maps) {
        readable(file, f -> new TreeMap<>(f.named(map))).ifPresent(m -> named.put(map, m));
      }
      waiting = readable(file, Queues::numbers);
      file.close();
    }
    List<String> missing = new ArrayList<>();
    waiting.ifPresent(
        numbers -> {
          whole.keySet().retainAll(numbers.keySet());
          Set<Long> lost = new TreeSet<>(numbers.keySet());
          lost.removeAll(whole.keySet());
          lost.forEach(number -> missing.add(numbers.get(number)));
        });
    Map<String, Long> doneByChannel = new TreeMap<>();
    done.values().forEach(channel -> doneByChannel.merge(channel, 1L, Long::sum));
    return new RecoveredData(named, whole, missing, doneByChannel);
  }

  private static <T> Optional<T> readable(StoreFile file, Function<StoreFile, T> read) {
    try {
      return Optional.of(read.apply(file));
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }
}
