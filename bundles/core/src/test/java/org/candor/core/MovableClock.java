package org.candor.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.candor.core.work.Ticker;

/** A clock that tests move, and the time that elapses meanwhile. */
public final class MovableClock extends Clock implements Ticker {

  private volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private volatile long nanos;

  /** Time goes on, or the clock is set back. */
  public void advance(Duration time) {
    now = now.plus(time);
    nanos += Math.max(0, time.toNanos());
  }

  /** Somebody sets the clock. */
  public void set(Duration ahead) {
    now = now.plus(ahead);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
