package org.candor.benchmarks.events;

import java.time.Duration;

/**
 * What this process has cost so far.
 *
 * @param cpu time of all its threads
 */
record Cost(Duration cpu) {

  static Cost now() {
    return new Cost(ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
  }

  /** What it cost since, for each of some events. */
  String of(long events) {
    return "%.1f µs of CPU an event".formatted(now().cpu.minus(cpu).toNanos() / 1e3 / events);
  }
}
