package org.candor.core.crash;

import java.util.List;
import org.candor.api.crash.Crash;
import org.candor.api.crash.Failure;

/**
 * Crash record: a crash as it is kept.
 *
 * @param number later crashes have higher ones; not below the milliseconds since 1970 at which it
 *     was taken, so that numbers rise also when the file was lost
 * @param crash what happened, scrubbed; without its stack in a list
 * @param share whose room it takes; see {@link CrashShares}
 * @param count how many crashes alike it stands for
 * @param stage how far it has come
 * @param calls how many calls its stack has, wherever that is
 */
public record KeptCrash(
    long number, Crash crash, String share, long count, CrashStage stage, int calls) {

  static KeptCrash of(long number, Crash crash, String share, long count, CrashStage stage) {
    return new KeptCrash(number, crash, share, count, stage, calls(crash.failures()));
  }

  private static int calls(List<Failure> failures) {
    return failures.stream().mapToInt(failure -> failure.frames().size()).sum();
  }

  KeptCrash as(CrashStage next) {
    return new KeptCrash(number, crash, share, count, next, calls);
  }

  KeptCrash withCalls(int known) {
    return new KeptCrash(number, crash, share, count, stage, known);
  }

  KeptCrash withoutStack() {
    return withStack(List.of());
  }

  KeptCrash withStack(List<Failure> failures) {
    return new KeptCrash(number, StackTrimming.with(crash, failures), share, count, stage, calls);
  }
}
