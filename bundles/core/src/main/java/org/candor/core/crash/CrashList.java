package org.candor.core.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.candor.api.crash.Crash;
import org.candor.api.sink.Outcome;
import org.candor.control.CrashOutcome;
import org.candor.control.Crashes;
import org.candor.control.SeenCrash;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Crash read model: the crashes, and what the outbox and the journal know of the reports about
 * them.
 */
@Component
public final class CrashList implements Crashes {

  private static final int ROOM_FOR_STACKS = 1_000_000;

  private final CrashLog crashes;
  private final Outbox outbox;
  private final ChainedJournal journal;

  @Activate
  public CrashList(
      @Reference CrashLog crashes, @Reference Outbox outbox, @Reference ChainedJournal journal) {
    this.crashes = crashes;
    this.outbox = outbox;
    this.journal = journal;
  }

  @Override
  public List<SeenCrash> crashes() throws IOException {
    Set<String> queued = outbox.waiting();
    Map<String, Outcome> settled = journal.outcomes();
    StackLines stacks = new StackLines(ROOM_FOR_STACKS);
    List<SeenCrash> seen = new ArrayList<>();
    for (KeptCrash kept : crashes.all()) {
      Crash crash = kept.crash();
      seen.add(
          new SeenCrash(
              crash.id(),
              crash.component(),
              crash.at(),
              crash.signal(),
              crash.exitCode(),
              crash.coreDumped(),
              crash.message(),
              kept.count(),
              outcome(kept, queued, settled),
              stacks.of(crash.failures())));
    }
    return seen;
  }

  private static CrashOutcome outcome(
      KeptCrash kept, Set<String> queued, Map<String, Outcome> settled) {
    String id = kept.crash().id();
    Outcome outcome = settled.getOrDefault(id, Outcome.RETRY);
    if (outcome == Outcome.DELIVERED) {
      return CrashOutcome.DELIVERED;
    }
    if (outcome == Outcome.REFUSED) {
      return CrashOutcome.REFUSED;
    }
    if (queued.contains(id)) {
      return CrashOutcome.QUEUED;
    }
    if (kept.stage() == CrashStage.WITHHELD || outcome == Outcome.WITHDRAWN) {
      return CrashOutcome.WITHHELD;
    }
    return kept.stage() == CrashStage.NEW ? CrashOutcome.WAITING : CrashOutcome.LOST;
  }
}
