package org.candor.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The moment by which an outside call must have ended, and the way to end it earlier.
 *
 * <p>Whoever waits on a socket registers with {@link #onCancel} what aborts that wait (closing the
 * socket, say); whoever no longer wants the result calls {@link #cancel}. Safe for use by several
 * threads.
 */
public final class Deadline {

  private final Instant end;
  private final Clock clock;
  private final Set<Registered> registered = new LinkedHashSet<>();
  private boolean cancelled;

  private Deadline(Instant end, Clock clock) {
    this.end = end;
    this.clock = clock;
  }

  /** A deadline that lies the given time after the clock's present. */
  public static Deadline after(Duration time, Clock clock) {
    return new Deadline(clock.instant().plus(time), clock);
  }

  /** The time that is left; zero once it is over or cancelled, never negative. */
  public Duration remaining() {
    Duration left = Duration.between(clock.instant(), end);
    return left.isNegative() || isCancelled() ? Duration.ZERO : left;
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Aborts what was registered, on the calling thread. Later calls do nothing. */
  public void cancel() {
    Set<Registered> toRun;
    synchronized (this) {
      cancelled = true;
      toRun = Set.copyOf(registered);
      registered.clear();
    }
    toRun.forEach(entry -> entry.action.run());
  }

  /**
   * Has the action run when this deadline is cancelled; at once when it already is. The action must
   * not block and must not throw.
   *
   * @return takes the action back; close it when the wait is over
   */
  public Registration onCancel(Runnable action) {
    Registered entry = new Registered(action);
    synchronized (this) {
      if (!cancelled) {
        registered.add(entry);
        return entry;
      }
    }
    action.run();
    return entry;
  }

  /** An action that waits for the cancellation. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private final class Registered implements Registration {
    private final Runnable action;

    private Registered(Runnable action) {
      this.action = action;
    }

    @Override
    public void close() {
      synchronized (Deadline.this) {
        registered.remove(this);
      }
    }
  }
}
