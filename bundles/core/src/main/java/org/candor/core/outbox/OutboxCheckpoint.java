package org.candor.core.outbox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checkpoint: how many messages of each channel waited in the outbox's file at some commit.
 *
 * @param version of the file, which grows with each commit
 * @param queued by channel
 */
record OutboxCheckpoint(long version, Map<String, Long> queued) {

  OutboxCheckpoint {
    queued = Map.copyOf(queued);
  }

  /** The text of a mark: the version, then a line for each channel. */
  String text() {
    StringBuilder text = new StringBuilder().append(version);
    new TreeMap<>(queued)
        .forEach((channel, count) -> text.append('\n').append(count).append(' ').append(channel));
    return text.toString();
  }

  static Optional<OutboxCheckpoint> of(String text) {
    String[] lines = text.split("\n");
    try {
      Map<String, Long> queued = new TreeMap<>();
      for (int i = 1; i < lines.length; i++) {
        int space = lines[i].indexOf(' ');
        queued.put(lines[i].substring(space + 1), Long.parseLong(lines[i].substring(0, space)));
      }
      return Optional.of(new OutboxCheckpoint(Long.parseLong(lines[0]), queued));
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /**
   * Those that are neither in the file nor settled.
   *
   * @param now how many wait in the file
   * @param settled how many were found to wait no more
   */
  Map<String, Long> missing(Map<String, Long> now, Map<String, Long> settled) {
    Map<String, Long> missing = new TreeMap<>();
    queued.forEach(
        (channel, count) -> {
          long left = count - now.getOrDefault(channel, 0L) - settled.getOrDefault(channel, 0L);
          if (left > 0) {
            missing.put(channel, left);
          }
        });
    return missing;
  }
}
