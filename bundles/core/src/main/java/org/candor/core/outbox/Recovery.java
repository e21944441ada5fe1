package org.candor.core.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Crash recovery of the outbox: brings back what its file should hold and does not. */
final class Recovery {

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final ChainedJournal journal;
  private final Clock clock;

  /**
   * @param journal knows which messages need no further attempt
   */
  Recovery(ChainedJournal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * After a power loss the store may open one commit too early. What was settled since is known
   * from the journal, and what was accepted since still lies in the file.
   *
   * @return how many turned out to be settled, by channel
   */
  Map<String, Long> catchUp(Path file, Contents contents) throws IOException {
    long last = contents.lastNumber();
    Map<Long, QueuedMessage> since = new TreeMap<>();
    RecordFrame.scan(
        file,
        content ->
            MessageCodec.fields(content)
                .filter(queued -> queued.number() > last)
                .ifPresent(queued -> since.put(queued.number(), queued)));
    Set<String> settled =
        since.isEmpty() && contents.queues().isEmpty() ? Set.of() : journal.settledMessages();
    Map<String, Long> done = new TreeMap<>();
    Predicate<QueuedMessage> isSettled =
        queued -> {
          boolean is = settled.contains(queued.message().id());
          if (is) {
            done.merge(queued.channel(), 1L, Long::sum);
          }
          return is;
        };
    contents.queues().removeIf(isSettled);
    since.values().stream()
        .filter(isSettled.negate())
        .forEach(
            queued -> {
              contents.restore(queued);
              contents.update(queued.channel(), memory -> memory.reported(queued.at()));
            });
    return done;
  }

  /** Counts what a mark says was there, and nobody can find. */
  void miss(Map<String, Long> missing, Path aside, Contents contents) {
    missing.forEach((channel, count) -> contents.lose(channel, Outbox.DAMAGED, count));
    log.error(
        "The end of {} is missing, and with it {} messages that waited there; these are counted as"
            + " lost: {}.",
        aside.getFileName(),
        missing.values().stream().mapToLong(Long::longValue).sum(),
        Outbox.DAMAGED);
  }

  /** Reads what can still be read of a file that was set aside. */
  RecoveredData salvage(Path aside) throws IOException {
    return RecoveredData.read(
        new StoreFile(aside, clock), aside, Contents.MAPS, journal.settledMessages());
  }

  /**
   * Puts that into the file that takes its place.
   *
   * @param marked what the file held after its last commit, if that is known
   */
  void takeOver(
      RecoveredData salvage,
      Optional<OutboxCheckpoint> marked,
      Path aside,
      StoreFile file,
      Contents contents) {
    salvage.named().forEach((name, map) -> file.named(name).putAll(map));
    salvage.messages().values().forEach(contents::restore);
    Map<String, Long> missing = new TreeMap<>();
    salvage.missing().forEach(channel -> missing.merge(channel, 1L, Long::sum));
    marked
        .map(held -> held.missing(contents.queues().counts(), salvage.settled()))
        .ifPresent(
            held -> held.forEach((channel, count) -> missing.merge(channel, count, Math::max)));
    missing.forEach((channel, count) -> contents.lose(channel, Outbox.DAMAGED, count));
    long lost = missing.values().stream().mapToLong(Long::longValue).sum();
    log.error(
        "Of {} messages that wait in {}, {} were taken over and {} could not be read; these are"
            + " counted as lost: {}.",
        salvage.messages().size() + lost,
        aside.getFileName(),
        salvage.messages().size(),
        lost,
        Outbox.DAMAGED);
  }
}
