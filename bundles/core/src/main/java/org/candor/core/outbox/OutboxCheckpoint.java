package org.candor.core.outbox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checkpoint: what waited in the outbox's file after some commit. A channel's messages leave in
 * their order, so that its oldest and their count say which of them had gone.
 *
 * @param commits how many commits the outbox had seen, over all its files
 * @param number the last that a message got
 * @param waiting by channel; of those that are not in it nothing waited
 */
record OutboxCheckpoint(long commits, long number, Map<String, Waiting> waiting) {

  OutboxCheckpoint {
    waiting = Map.copyOf(waiting);
  }

  /**
   * The messages of a channel that waited.
   *
   * @param count how many
   * @param first the number of the oldest
   */
  record Waiting(long count, long first) {

    private static final Waiting NONE = new Waiting(0, Long.MAX_VALUE);
  }

  /** The text of a mark: the commits and the number, then a line for each channel. */
  String text() {
    StringBuilder text = new StringBuilder().append(commits).append(' ').append(number);
    new TreeMap<>(waiting)
        .forEach(
            (channel, one) ->
                text.append('\n')
                    .append(one.count())
                    .append(' ')
                    .append(one.first())
                    .append(' ')
                    .append(channel));
    return text.toString();
  }

  static Optional<OutboxCheckpoint> of(String text) {
    String[] lines = text.split("\n");
    try {
      String[] head = lines[0].split(" ", 2);
      Map<String, Waiting> waiting = new TreeMap<>();
      for (int i = 1; i < lines.length; i++) {
        String[] parts = lines[i].split(" ", 3);
        waiting.put(parts[2], new Waiting(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
      }
      return Optional.of(
          new OutboxCheckpoint(Long.parseLong(head[0]), Long.parseLong(head[1]), waiting));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Whether a message waited no more then: it was settled, or is counted as lost. */
  boolean isGone(String channel, long number) {
    return number <= this.number && number < of(waiting, channel).first();
  }

  private static Waiting of(Map<String, Waiting> waiting, String channel) {
    return waiting.getOrDefault(channel, Waiting.NONE);
  }

  /**
   * How many of those that waited are neither there nor settled.
   *
   * @param there those that were found, by number, and their channels
   * @param settled those that turned out to wait no more, as well
   */
  Map<String, Long> missing(Map<Long, String> there, Map<Long, String> settled) {
    Map<String, Long> missing = new TreeMap<>();
    waiting.forEach(
        (channel, one) -> {
          long left = one.count() - found(channel, there) - found(channel, settled);
          if (left > 0) {
            missing.put(channel, left);
          }
        });
    return missing;
  }

  private long found(String channel, Map<Long, String> numbers) {
    return numbers.entrySet().stream()
        .filter(one -> one.getValue().equals(channel) && one.getKey() <= number)
        .filter(one -> !isGone(channel, one.getKey()))
        .count();
  }
}
