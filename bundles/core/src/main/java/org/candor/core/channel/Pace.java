package org.candor.core.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.candor.core.work.Workers;
import org.candor.core.work.Workers.Alarm;

/** Wakes a channel once when the earliest time has come that anybody asked for. */
final class Pace {

  private final Workers workers;
  private final Clock clock;
  private Runnable wake = () -> {};
  private Optional<Instant> next = Optional.empty();
  private Alarm alarm = () -> {};

  Pace(Workers workers, Clock clock) {
    this.workers = workers;
    this.clock = clock;
  }

  synchronized void onTime(Runnable action) {
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

  synchronized void stop() {
    alarm.cancel();
    wake = () -> {};
  }
}
