package org.candor.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.KernelSignal;

/**
 * A crash with its stack, and what became of the report about it.
 *
 * @param id the crash's; also that of the message about it
 * @param component what crashed
 * @param at when
 * @param signal present when a signal ended the process
 * @param exitCode present when the process ended and it is known
 * @param coreDumped whether the kernel wrote a core dump, where that is known
 * @param message what happened
 * @param count how many crashes alike this entry stands for
 * @param outcome what became of the report
 * @param stack the stack in the lines in which Java prints one, the innermost call first: an
 *     exception, {@code at} and a call of it, {@code Caused by:} and the next; without messages,
 *     and without what makes it long; empty when none is known
 */
public record SeenCrash(
    String id,
    String component,
    Instant at,
    Optional<KernelSignal> signal,
    Optional<Integer> exitCode,
    Optional<Boolean> coreDumped,
    String message,
    long count,
    CrashOutcome outcome,
    List<String> stack) {

  public SeenCrash {
    stack = List.copyOf(stack);
  }

  /** An entry of the list together with its stack. */
  public static SeenCrash of(CrashSummary crash, List<String> stack) {
    return new SeenCrash(
        crash.id(),
        crash.component(),
        crash.at(),
        crash.signal(),
        crash.exitCode(),
        crash.coreDumped(),
        crash.message(),
        crash.count(),
        crash.outcome(),
        stack);
  }
}
