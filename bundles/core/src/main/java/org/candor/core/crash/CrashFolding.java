package org.candor.core.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.candor.api.crash.Crash;
import org.candor.api.text.PlainText;

/**
 * Rate limiting of crash loops: the first few crashes alike are kept one by one, those after them
 * are folded into a count. For one change.
 */
final class CrashFolding {

  private final KeptCrashes crashes;
  private final Repetitions repetitions;
  private final Supplier<CrashStage> stage;
  private final Instant now;
  private final List<String> news = new ArrayList<>();

  /**
   * @param stage of what is reported from now on
   */
  CrashFolding(CrashContents contents, Supplier<CrashStage> stage, Instant now) {
    this.crashes = contents.crashes();
    this.repetitions = contents.repetitions();
    this.stage = stage;
    this.now = now;
  }

  /**
   * Keeps or counts a crash; false when it is known already.
   *
   * @param component which it is; see {@link CrashShares#key}
   */
  boolean take(Crash crash, String component) {
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
        news.add(
            PlainText.line(
                crash.component()
                    + " crashes again and again; from now on its crashes are counted, and their"
                    + " number is reported at "
                    + before.end()
                    + ". telemetry:crashes shows them."));
      }
      crashes.see(crash.id());
      Crash first = StackTrimming.fit(crash, repetitions.bytesOfLoop());
      repetitions.remember(kind, before.oneCounted(first, component));
      repetitions.excessLoop().ifPresent(this::close);
    } else {
      crashes.add(crash, component, 1, stage.get());
      repetitions.remember(kind, before.oneReported());
      news.add(
          PlainText.line(
              crash.component() + " crashed: " + crash.message() + ". See telemetry:crashes."));
    }
    return true;
  }

  /** Keeps one entry for each loop whose time has come; whether there was any. */
  boolean closeLoops() {
    boolean any = false;
    for (Map.Entry<String, Repetition> entry : repetitions.all().entrySet()) {
      Repetition repetition = entry.getValue();
      if (repetition.isDue(now)) {
        close(entry.getKey());
        any = true;
      } else if (repetition.isOver(now)) {
        repetitions.forget(entry.getKey());
      }
    }
    return any;
  }

  private void close(String kind) {
    Repetition repetition = repetitions.of(kind).orElseThrow();
    CrashLoop loop = repetition.loop().orElseThrow();
    crashes.add(loop.first(), loop.component(), loop.count(), stage.get());
    repetitions.remember(kind, repetition.next(now));
  }

  /** Lines for the log, once the change is on disk: what was not kept is offered again. */
  List<String> news() {
    return List.copyOf(news);
  }

  /** When the first of the loops that go on has to be closed. */
  Optional<Instant> nextEnd() {
    return repetitions.all().values().stream()
        .filter(repetition -> repetition.loop().isPresent())
        .map(Repetition::end)
        .min(Instant::compareTo);
  }
}
