package org.candor.benchmarks.events;

import java.time.Duration;

/**
 * What a process has cost so far.
 *
 * @param cpu time of all its threads
 */
record Cost(ProcessHandle process, Duration cpu) {

  static Cost now(ProcessHandle process) {
    return new Cost(process, process.info().totalCpuDuration().orElse(Duration.ZERO));
  }

  /** What it cost since, for each of some events. */
  String of(long events) {
    return "%.1f µs of CPU an event"
        .formatted(now(process).cpu.minus(cpu).toNanos() / 1e3 / events);
  }
}
