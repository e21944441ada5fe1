package org.candor.core.crash;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the open file of crashes holds.
 *
 * @param crashes those that are kept one by one
 * @param repetitions what is remembered of those that are only counted
 */
record CrashContents(KeptCrashes crashes, Repetitions repetitions) {

  /** What is counted of the loops that go on, each with the stack of its first crash. */
  Stream<KeptCrash> goingOn() {
    return repetitions.all().values().stream()
        .flatMap(repetition -> repetition.loop().stream())
        .map(loop -> KeptCrash.of(0, loop.first(), loop.component(), loop.count(), CrashStage.NEW));
  }

  /**
   * A part of the list of crashes, without their stacks: the newest first, and before them the
   * loops that go on.
   *
   * @param below a number; the largest for the beginning of the list
   * @param most how many kept ones at most
   */
  List<KeptCrash> page(long below, int most) {
    Stream<KeptCrash> kept = crashes.before(below, most).stream();
    return below < Long.MAX_VALUE
        ? kept.toList()
        : Stream.concat(goingOn().map(KeptCrash::withoutStack), kept).toList();
  }

  /** The ids of all on the list. */
  Set<String> ids() {
    Set<String> ids = new HashSet<>(crashes.ids());
    goingOn().forEach(kept -> ids.add(kept.crash().id()));
    return ids;
  }

  /** The crash of that id, with its stack. */
  Optional<KeptCrash> of(String id) {
    return goingOn()
        .filter(kept -> kept.crash().id().equals(id))
        .findFirst()
        .or(() -> crashes.of(id));
  }
}
