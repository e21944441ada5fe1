package org.candor.core.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.candor.core.work.WorkerPool;
import org.candor.core.work.WorkerPool.Alarm;

/**
 * Wake-up timer (coalescing): wakes a channel once when the earliest time has come that anybody
 * asked for.
 */
public final class WakeUpTimer {

  private final WorkerPool workers;
  private final Clock clock;
  private Runnable wake = () -> {};
  private Optional<Instant> next = Optional.empty();
  private Alarm alarm = () -> {};

  public WakeUpTimer(WorkerPool workers, Clock clock) {
    this.workers = workers;
    this.clock = clock;
  }

  public synchronized void onTime(Runnable action) {
    wake = action;
  }

  /** Has the channel woken after this time at the latest. */
  synchronized void within(Duration time) {
    Instant then = clock.instant().plus(time);
    if (next.filter(known -> !then.isBefore(known)).isPresent()) {
      return;
    }
    alarm.cancel();
    next = Optional.of(then);
    alarm = workers.after(time, this::ring);
  }

  private void ring() {
    Runnable action;
    synchronized (this) {
      next = Optional.empty();
      action = wake;
    }
    action.run();
  }

  public synchronized void stop() {
    alarm.cancel();
    wake = () -> {};
  }
}
