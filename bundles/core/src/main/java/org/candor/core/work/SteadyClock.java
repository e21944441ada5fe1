package org.candor.core.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Clock discipline: the system's time, but a leap of it counts only once it has lasted. Until then
 * time goes on as it elapses, so that a clock that is a year off for some seconds makes nothing old
 * and nothing due. Thread-safe.
 */
@Component(service = SteadyClock.class)
public final class SteadyClock extends Clock implements Ticker {

  /** What is less is no leap: a clock that is adjusted, or measured at another moment. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** How long a leap has to last. */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  private final Clock system;
  private final Ticker ticker;
  private Instant base;
  private long baseNanos;
  private Duration leap = Duration.ZERO;
  private long leapNanos;

  @Activate
  public SteadyClock() {
    this(Clock.systemUTC(), System::nanoTime);
  }

  public SteadyClock(Clock system, Ticker ticker) {
    this.system = system;
    this.ticker = ticker;
    this.base = system.instant();
    this.baseNanos = ticker.nanos();
  }

  @Override
  public synchronized Instant instant() {
    Instant now = system.instant();
    long nanos = ticker.nanos();
    Instant expected = base.plusNanos(nanos - baseNanos);
    Duration off = Duration.between(expected, now);
    if (isSmall(off)) {
      leap = Duration.ZERO;
      return from(now, nanos);
    }
    if (leap.isZero() || !isSmall(off.minus(leap))) {
      leap = off;
      leapNanos = nanos;
    } else if (nanos - leapNanos >= SETTLED.toNanos()) {
      leap = Duration.ZERO;
      return from(now, nanos);
    }
    return expected;
  }

  private Instant from(Instant now, long nanos) {
    base = now;
    baseNanos = nanos;
    return now;
  }

  private static boolean isSmall(Duration off) {
    return off.abs().compareTo(TOLERANCE) < 0;
  }

  @Override
  public long nanos() {
    return ticker.nanos();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** The same: nothing here depends on a zone. */
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
