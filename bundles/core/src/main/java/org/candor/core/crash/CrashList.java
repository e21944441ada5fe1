package org.candor.core.crash;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.crash.Crash;
import org.candor.api.sink.Outcome;
import org.candor.control.CrashOutcome;
import org.candor.control.CrashSummary;
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

  private static final int LONGEST_STACK = 1_000_000;

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
  public Iterable<CrashSummary> crashes() throws IOException {
    Reports reports = reports(crashes.ids());
    return new CrashPages(crashes, kept -> summary(kept, reports));
  }

  @Override
  public List<String> stack(String id) throws IOException {
    return crashes.of(id).map(CrashList::stack).orElse(List.of());
  }

  @Override
  public Optional<SeenCrash> crash(String id) throws IOException {
    Optional<KeptCrash> kept = crashes.of(id);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    CrashSummary summary = summary(kept.get(), reports(Set.of(id)));
    return Optional.of(SeenCrash.of(summary, stack(kept.get())));
  }

  /**
   * What is known of the reports about some crashes.
   *
   * @param queued ids of those that wait
   * @param settled how the newest attempt at each ended
   */
  private record Reports(Set<String> queued, Map<String, Outcome> settled) {}

  private Reports reports(Set<String> ids) throws IOException {
    return new Reports(outbox.waiting(ids), journal.outcomes(ids));
  }

  private static CrashSummary summary(KeptCrash kept, Reports reports) {
    Crash crash = kept.crash();
    return new CrashSummary(
        crash.id(),
        crash.component(),
        crash.at(),
        crash.signal(),
        crash.exitCode(),
        crash.coreDumped(),
        crash.message(),
        kept.count(),
        outcome(kept, reports),
        kept.calls());
  }

  private static List<String> stack(KeptCrash kept) {
    return new StackLines(LONGEST_STACK).of(kept.crash().failures());
  }

  private static CrashOutcome outcome(KeptCrash kept, Reports reports) {
    String id = kept.crash().id();
    Outcome outcome = reports.settled().getOrDefault(id, Outcome.RETRY);
    if (outcome == Outcome.DELIVERED) {
      return CrashOutcome.DELIVERED;
    }
    if (outcome == Outcome.REFUSED) {
      return CrashOutcome.REFUSED;
    }
    if (reports.queued().contains(id)) {
      return CrashOutcome.QUEUED;
    }
    if (kept.stage() == CrashStage.WITHHELD || outcome == Outcome.WITHDRAWN) {
      return CrashOutcome.WITHHELD;
    }
    return kept.stage() == CrashStage.NEW ? CrashOutcome.WAITING : CrashOutcome.LOST;
  }
}
