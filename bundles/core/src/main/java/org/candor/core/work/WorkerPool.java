package org.candor.core.work;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread pool and scheduler: owns every thread of core, one that keeps the time and as many as are
 * at work. Thread-safe.
 */
@Component(service = WorkerPool.class)
public final class WorkerPool {

  private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);
  private static final Duration GOODBYE = Duration.ofMillis(1500);
  private static final Duration NO_THREAD = Duration.ofSeconds(1);

  private final ScheduledThreadPoolExecutor clock;
  private final ThreadPoolExecutor pool;

  @Activate
  public WorkerPool() {
    clock = new ScheduledThreadPoolExecutor(1, task -> thread(task, "candor-clock"));
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    clock.prestartCoreThread();
    AtomicInteger number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> thread(task, "candor-work-" + number.incrementAndGet()));
  }

  @Deactivate
  public void close() {
    clock.shutdown();
    pool.shutdown();
    try {
      if (!pool.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** Runs the task soon. After the end it does nothing. */
  public void execute(Runnable task) {
    submit(
        () -> {
          task.run();
          return true;
        });
  }

  /** Runs the task soon. After the end the result is cancelled. */
  public <T> Future<T> submit(Callable<T> task) {
    FutureTask<T> future =
        new FutureTask<>(task) {
          @Override
          protected void setException(Throwable failure) {
            log.debug("A task failed", failure);
            super.setException(failure);
          }
        };
    try {
      // By way of the clock's thread: a pool's new thread inherits the access control context and
      // the thread locals of whoever made it, and would hold a shell's or a source's class loader.
      clock.execute(() -> hand(future));
    } catch (RejectedExecutionException e) {
      future.cancel(false);
    }
    return future;
  }

  /** Runs the task once the time has passed; zero or less means now. */
  public Alarm after(Duration time, Runnable task) {
    try {
      var scheduled = clock.schedule(() -> hand(task), time.toMillis(), TimeUnit.MILLISECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {};
    }
  }

  /** Gives the task to the pool, and tries again later when the system has no thread for it. */
  private void hand(Runnable task) {
    try {
      pool.execute(task);
    } catch (OutOfMemoryError e) {
      log.error("No thread is available ({}); the task is tried again.", e.getMessage());
      after(NO_THREAD, task);
    } catch (RejectedExecutionException e) {
      if (task instanceof Future<?> future) {
        future.cancel(false);
      }
    }
  }

  /** A task that waits for its time. */
  public interface Alarm {
    void cancel();
  }

  private static Thread thread(Runnable task, String name) {
    // Without what whoever makes it has in inheritable thread locals, such as a shell's session.
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(WorkerPool.class.getClassLoader());
    return thread;
  }
}
