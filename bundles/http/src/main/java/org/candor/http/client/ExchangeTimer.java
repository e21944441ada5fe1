package org.candor.http.client;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Request time-out: ends exchanges whose time is over; one daemon thread that sleeps while there is
 * none.
 */
final class ExchangeTimer {

  private final ScheduledThreadPoolExecutor executor;

  /** Starts the thread at once, so that it is no child of whoever happens to call first. */
  ExchangeTimer() {
    executor = new ScheduledThreadPoolExecutor(1, ExchangeTimer::thread);
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.prestartAllCoreThreads();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "candor-http-watch", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ExchangeTimer.class.getClassLoader());
    return thread;
  }

  /** A time that is waited for. */
  interface Guard extends AutoCloseable {
    /** Waits no longer. */
    @Override
    void close();
  }

  /**
   * Has the action run after the time, unless the guard is closed before.
   *
   * @throws RejectedExecutionException after {@link #stop}
   */
  Guard after(Duration time, Runnable action) {
    Future<?> waiting = executor.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
    return () -> waiting.cancel(false);
  }

  /** Stops the thread, and waits for it up to a second. */
  void stop() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
