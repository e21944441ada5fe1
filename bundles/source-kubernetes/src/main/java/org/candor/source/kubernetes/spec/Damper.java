package org.candor.source.kubernetes.spec;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Debouncing with hysteresis: passes a denial on at once. Everything else it passes on at most once
 * in a while, and what takes a denial back only when no denial was seen for as long: a
 * specification that changes to and fro stays a denial, whoever listens does not work for every
 * change, and what was seen last is passed on in the end. Thread-safe.
 */
final class Damper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Damper.class);

  private static final Duration END = Duration.ofMillis(1500);

  private final SpecCache findings;
  private final Consumer<SpecState> told;
  private final long calm;
  private final LongSupplier nanoTime;
  private final ScheduledThreadPoolExecutor later;
  private Set<Purpose> forbidden = EnumSet.noneOf(Purpose.class);
  private long lastTold;
  private long lastDenial;
  private boolean isWaiting;
  private volatile Optional<Thread> thread = Optional.empty();
  private volatile boolean closed;

  /**
   * @param told is called by whoever has something to pass on, or by a thread of this
   * @param calm how long a while is
   * @param nanoTime the time that passes, whatever the clock shows
   */
  Damper(SpecCache findings, Consumer<SpecState> told, Duration calm, LongSupplier nanoTime) {
    this.findings = findings;
    this.told = told;
    this.calm = calm.toNanos();
    this.nanoTime = nanoTime;
    this.lastTold = nanoTime.getAsLong() - this.calm;
    this.lastDenial = lastTold;
    // Has no thread before the first task.
    this.later = new ScheduledThreadPoolExecutor(1, this::thread);
    later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private Thread thread(Runnable task) {
    Thread made = new Thread(null, task, "candor-kubernetes-later", 0, false);
    made.setDaemon(true);
    made.setContextClassLoader(Damper.class.getClassLoader());
    thread = Optional.of(made);
    return made;
  }

  /** Something was read, or could not be. */
  synchronized void changed() {
    if (closed) {
      return;
    }
    long now = nanoTime.getAsLong();
    Set<Purpose> denied = findings.forbidden();
    if (!denied.isEmpty()) {
      lastDenial = now;
    }
    long wait = lastTold + calm - now;
    if (!denied.containsAll(forbidden)) {
      wait = Math.max(wait, lastDenial + calm - now);
    }
    if (wait <= 0 || !forbidden.containsAll(denied)) {
      tell(now);
    } else if (!isWaiting) {
      isWaiting = true;
      later.schedule(this::lookAgain, wait, TimeUnit.NANOSECONDS);
    }
  }

  private synchronized void lookAgain() {
    isWaiting = false;
    try {
      changed();
    } catch (RuntimeException | Error e) {
      // The next change is passed on all the same.
      LOG.error("The cluster specification cannot be passed on", e);
    }
  }

  private void tell(long now) {
    SpecState state = findings.now();
    Set<Purpose> denied = EnumSet.noneOf(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      if (state.verdict(purpose).answer() == LayerAnswer.FORBIDS) {
        denied.add(purpose);
      }
    }
    forbidden = denied;
    lastTold = now;
    told.accept(state);
  }

  /** Passes nothing on any more. Waits for what is being passed on, for up to 1.5 s. */
  @Override
  public void close() {
    closed = true;
    later.shutdown();
    try {
      // The pool says that it has ended a moment before its thread has.
      if (thread.isPresent()) {
        thread.get().join(END.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
