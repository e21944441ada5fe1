package org.candor.control;

import java.time.Instant;
import java.util.Optional;
import org.candor.api.crash.KernelSignal;

/**
 * List entry: a crash without its stack, and what became of the report about it.
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
 * @param calls how many calls its stack has, which {@link Crashes#crash} gives; 0 when none is
 *     known
 */
public record CrashSummary(
    String id,
    String component,
    Instant at,
    Optional<KernelSignal> signal,
    Optional<Integer> exitCode,
    Optional<Boolean> coreDumped,
    String message,
    long count,
    CrashOutcome outcome,
    int calls) {}
