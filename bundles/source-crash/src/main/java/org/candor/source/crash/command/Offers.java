package org.candor.source.crash.command;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.retry.FailureCount;
import org.candor.source.crash.Handover;
import org.candor.source.crash.RetryPolicy;
import org.candor.source.crash.record.CrashSentence;
import org.candor.source.crash.record.RecordFolder;

/**
 * The crashes of one command, offered until they are taken: those that the watcher recorded, and
 * those of which it could not. For one thread; the times of the offers for several.
 */
final class Offers {

  private static final int WAITING = 100;

  /** A shell's status for what SIGKILL ended. */
  private static final int KILLED = 128 + 9;

  private final RecordFolder records;
  private final Handover handover;
  private final Clock clock;
  private final FailureCount retries = RetryPolicy.newCount();

  /** Crashes that were not taken yet, with what the output told then. */
  private final Map<String, Crash> waiting = new LinkedHashMap<>();

  private Optional<Instant> next = Optional.empty();

  Offers(RecordFolder records, Handover handover, Clock clock) {
    this.records = records;
    this.handover = handover;
    this.clock = clock;
  }

  /** When to offer again what was not taken; empty when all was. */
  synchronized Optional<Instant> next() {
    return next;
  }

  /** Somebody has come who takes crashes. */
  synchronized void now() {
    next = next.map(later -> clock.instant());
  }

  private synchronized void next(Optional<Instant> time) {
    next = time;
  }

  private void later() {
    next(Optional.of(clock.instant().plus(retries.failed())));
  }

  /**
   * Offers the end of a run of which the watcher could leave no record, since it was killed or had
   * no room.
   *
   * @param status of the watcher
   */
  void unrecorded(RunNote run, String component, Optional<Integer> status) {
    // A watcher that was killed does not know the command's status.
    Optional<Integer> exitCode = status.filter(code -> code != KILLED);
    Crash crash =
        new Crash(
            run.id(),
            component,
            clock.instant(),
            CrashLevel.FATAL,
            CrashSentence.of(component, Optional.empty(), exitCode),
            Optional.empty(),
            exitCode,
            Optional.empty(),
            List.of());
    Crash explained = OutputTail.explain(crash, run);
    if (!handover.take(explained)) {
      keep(explained);
      later();
    }
  }

  /** Offers all that there is. */
  void all() {
    all(Optional.empty());
  }

  /**
   * Offers all that there is.
   *
   * @param ended the run that has just ended, whose output may tell more
   * @return whether there was a record of that run
   */
  boolean all(RunNote ended) {
    return all(Optional.of(ended));
  }

  private boolean all(Optional<RunNote> ended) {
    Map<String, Crash> unrecorded = new HashMap<>(waiting);
    boolean[] found = {false, true};
    RecordFolder.Round round =
        records.workOff(
            recorded -> {
              boolean last = ended.filter(run -> run.id().equals(recorded.id())).isPresent();
              found[0] |= last;
              unrecorded.remove(recorded.id());
              Crash crash =
                  Optional.ofNullable(waiting.get(recorded.id()))
                      .orElseGet(() -> last ? OutputTail.explain(recorded, ended.get()) : recorded);
              boolean taken = taken(crash);
              if (!taken) {
                keep(crash);
                found[1] = false;
              }
              return taken;
            },
            file -> false);
    for (Crash crash : unrecorded.values()) {
      found[1] &= taken(crash);
    }
    if (found[1] && round == RecordFolder.Round.DONE) {
      retries.succeeded();
      next(Optional.empty());
    } else {
      later();
    }
    return found[0];
  }

  private boolean taken(Crash crash) {
    boolean taken = handover.take(crash);
    if (taken) {
      waiting.remove(crash.id());
    }
    return taken;
  }

  private void keep(Crash crash) {
    if (waiting.size() < WAITING) {
      waiting.put(crash.id(), crash);
    }
  }
}
