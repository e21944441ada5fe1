package org.candor.core.crash;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.candor.api.crash.Crash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rate limiting of crash loops: the first few crashes alike are kept one by one, those after them
 * are folded into a count. For one change.
 */
final class CrashFolding {

  private static final Logger log = LoggerFactory.getLogger(CrashFolding.class);

  private final KeptCrashes crashes;
  private final Repetitions repetitions;
  private final Supplier<CrashStage> stage;
  private final Instant now;

  /**
   * @param stage of what is reported from now on
   */
  CrashFolding(CrashContents contents, Supplier<CrashStage> stage, Instant now) {
    this.crashes = contents.crashes();
    this.repetitions = contents.repetitions();
    this.stage = stage;
    this.now = now;
  }

  /** Keeps or counts a crash; false when it is known already. */
  boolean take(Crash crash) {
    if (crashes.knows(crash.id())) {
      return false;
    }
    closeLoops();
    String kind = CrashKind.of(crash);
    Repetition before =
        repetitions
            .of(kind)
            .filter(known -> !known.isOver(now))
            .orElseGet(() -> Repetition.begun(now));
    if (before.isFolding()) {
      if (before.loop().isEmpty()) {
        log.warn(
            "{} crashes again and again; from now on its crashes are counted, and their number is"
                + " reported at {}. telemetry:crashes shows them.",
            crash.component(),
            before.end());
      }
      crashes.see(crash.id());
      repetitions.remember(kind, before.oneCounted(crash));
    } else {
      crashes.add(crash, 1, stage.get());
      repetitions.remember(kind, before.oneReported());
      log.warn("{} crashed: {}. See telemetry:crashes.", crash.component(), crash.message());
    }
    return true;
  }

  /** Keeps one entry for each loop whose time has come; whether there was any. */
  boolean closeLoops() {
    boolean any = false;
    for (Map.Entry<String, Repetition> entry : repetitions.all().entrySet()) {
      Repetition repetition = entry.getValue();
      if (repetition.isDue(now)) {
        CrashLoop loop = repetition.loop().orElseThrow();
        crashes.add(loop.first(), loop.count(), stage.get());
        repetitions.remember(entry.getKey(), repetition.next(now));
        any = true;
      } else if (repetition.isOver(now)) {
        repetitions.forget(entry.getKey());
      }
    }
    return any;
  }

  /** When the first of the loops that go on has to be closed. */
  Optional<Instant> nextEnd() {
    return repetitions.all().values().stream()
        .filter(repetition -> repetition.loop().isPresent())
        .map(Repetition::end)
        .min(Instant::compareTo);
  }
}
