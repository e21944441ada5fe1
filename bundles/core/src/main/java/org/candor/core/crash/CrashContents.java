package org.candor.core.crash;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the open file of crashes holds.
 *
 * @param crashes those that are kept one by one
 * @param repetitions what is remembered of those that are only counted
 */
record CrashContents(KeptCrashes crashes, Repetitions repetitions) {

  /** All crashes that are kept, the newest first; those of a loop that goes on before them. */
  List<KeptCrash> all() {
    Stream<KeptCrash> goingOn =
        repetitions.all().values().stream()
            .flatMap(repetition -> repetition.loop().stream())
            .map(loop -> new KeptCrash(0, loop.first(), loop.count(), CrashStage.NEW));
    return Stream.concat(goingOn, crashes.newestFirst().stream()).toList();
  }
}
