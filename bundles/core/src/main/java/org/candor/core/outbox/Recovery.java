package org.candor.core.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.candor.api.sink.Outcome;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.RecoveredData.Known;
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
   * After a power loss the store may open one commit too early, and somebody may have put back a
   * file of before. What was settled since is known from the journal and from the mark, and what
   * was accepted since still lies in the file, or is lost.
   *
   * @param marked what the file should hold; empty when that is not known
   * @return how many of those that should be there are not, by channel
   */
  Map<String, Long> catchUp(Path file, Contents contents, Optional<OutboxCheckpoint> marked)
      throws IOException {
    Optional<OutboxCheckpoint> ahead = marked.filter(mark -> mark.commits() > contents.commits());
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
    Map<Long, String> done = new TreeMap<>();
    Predicate<QueuedMessage> waitsNoMore =
        queued -> {
          boolean is = settled.contains(queued.message().id());
          if (is) {
            done.put(queued.number(), queued.channel());
          }
          return is || ahead.filter(m -> m.isGone(queued.channel(), queued.number())).isPresent();
        };
    contents.queues().removeIf(waitsNoMore);
    since.values().stream()
        .filter(waitsNoMore.negate())
        .forEach(
            queued -> {
              contents.restore(queued);
              contents.update(queued.channel(), memory -> memory.reported(queued.at()));
            });
    ahead.ifPresent(mark -> contents.goOnFrom(mark.commits(), mark.number()));
    if (ahead.isPresent() || !since.isEmpty() || !done.isEmpty()) {
      contents.restored();
    }
    return ahead.map(mark -> mark.missing(contents.queues().numbers(), done)).orElse(Map.of());
  }

  /** How the newest attempt at each message ended. */
  Map<String, Outcome> outcomes() {
    try {
      return journal.outcomes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts what a mark says was there, and nobody can find. */
  void miss(Map<String, Long> missing, Path aside, Contents contents) {
    count(missing, contents);
    log.error(
        "The end of {} is missing, and with it {} messages that waited there; these are counted as"
            + " lost: {}.",
        aside.getFileName(),
        sum(missing),
        Outbox.DAMAGED);
  }

  /** The file is not there any more, and a mark says what it held. */
  void missAll(OutboxCheckpoint marked, Path file, Contents contents) {
    Map<String, Long> missing = marked.missing(Map.of(), Map.of());
    count(missing, contents);
    contents.goOnFrom(marked.commits(), marked.number());
    contents.beginAnew();
    contents.restored();
    log.error(
        "{} is gone, and with it {} messages that waited there; these are counted as lost: {}. What"
            + " the channels remembered is unknown. Put no file of before in its place.",
        file,
        sum(missing),
        Outbox.DAMAGED);
  }

  private static void count(Map<String, Long> missing, Contents contents) {
    missing.forEach((channel, count) -> contents.lose(channel, Outbox.DAMAGED, count));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Reads what can still be read of a file that was set aside.
   *
   * @param marked what it held after its last commit, if that is known
   */
  RecoveredData salvage(Path aside, Optional<OutboxCheckpoint> marked) throws IOException {
    return RecoveredData.read(
        new StoreFile(aside, clock), aside, new Known(journal.settledMessages(), marked));
  }

  /** Puts that into the file that takes its place. */
  void takeOver(
      RecoveredData salvage,
      Optional<OutboxCheckpoint> marked,
      Path aside,
      StoreFile file,
      Contents contents) {
    salvage.named().forEach((name, map) -> file.named(name).putAll(map));
    if (!salvage.allNamed()) {
      contents.beginAnew();
    }
    salvage.messages().values().forEach(contents::restore);
    contents.goOnFrom(marked.map(OutboxCheckpoint::commits).orElse(0L), salvage.number());
    contents.restored();
    count(salvage.missing(), contents);
    long lost = sum(salvage.missing());
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
