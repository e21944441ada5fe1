package org.candor.core.crash;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.candor.core.work.WorkerPool;
import org.candor.core.work.WorkerPool.Alarm;

/** One-shot timer: runs an action when the next loop ends. Safe for several threads. */
final class LoopTimer {

  private final WorkerPool workers;
  private final Clock clock;
  private final Runnable action;
  private Alarm alarm = () -> {};

  LoopTimer(WorkerPool workers, Clock clock, Runnable action) {
    this.workers = workers;
    this.clock = clock;
    this.action = action;
  }

  /** Runs the action just after that time instead of any set before; never when there is none. */
  synchronized void set(Optional<Instant> time) {
    alarm.cancel();
    time.map(end -> Duration.between(clock.instant(), end).plusMillis(1))
        .ifPresent(wait -> alarm = workers.after(wait, action));
  }

  synchronized void cancel() {
    alarm.cancel();
  }
}
