package org.candor.http.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Cuts off a client that makes a thread wait. A thread says when it begins to wait for its client
 * and when it ends; in between it may be interrupted, which closes the connection that it reads or
 * writes. Outside of that nothing interrupts it, so that a file is never half written. Safe for
 * several threads; costs nothing while nobody waits.
 */
public final class Watchdog implements AutoCloseable {

  /**
   * How long a client may take.
   *
   * @param most when nobody else waits
   * @param crowded while others wait for a thread
   */
  public record Limits(Duration most, Duration crowded) {

    public static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(1));
  }

  private static final long LOOKS_A_LIMIT = 4;
  private static final long IDLE_SECONDS = 5;

  private final Limits limits;
  private final BooleanSupplier crowded;
  private final Map<Thread, ClientWait> waits = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor clock;

  /**
   * @param crowded whether requests wait for a thread
   */
  Watchdog(String name, Limits limits, BooleanSupplier crowded) {
    this.limits = limits;
    this.crowded = crowded;
    clock = new ScheduledThreadPoolExecutor(1, task -> thread(name, task));
    clock.setRemoveOnCancelPolicy(true);
    clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    clock.setRejectedExecutionHandler((task, closed) -> {});
    clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name + "-watchdog");
    thread.setDaemon(true);
    return thread;
  }

  /** The calling thread begins to wait for its client; if it waits already, anew. */
  public void begin() {
    ClientWait wait = new ClientWait(Thread.currentThread(), System.nanoTime());
    Optional.ofNullable(waits.put(Thread.currentThread(), wait)).ifPresent(ClientWait::end);
    lookLater(wait, limits.crowded());
  }

  /**
   * The calling thread waits no more.
   *
   * @throws IOException when it was cut off; the connection is closed or must be
   */
  public void end() throws IOException {
    ClientWait wait = waits.remove(Thread.currentThread());
    boolean cut = wait != null && wait.end();
    if (Thread.interrupted() || cut) {
      throw new IOException("The client took too long.");
    }
  }

  private void lookLater(ClientWait wait, Duration delay) {
    wait.look(
        clock.schedule(() -> look(wait), Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS));
  }

  private void look(ClientWait wait) {
    Duration limit = crowded.getAsBoolean() ? limits.crowded() : limits.most();
    if (!wait.cutIfLongerThan(limit)) {
      lookLater(wait, limits.crowded().dividedBy(LOOKS_A_LIMIT));
    }
  }

  /** Cuts off whoever makes a thread wait, and ends the thread. */
  @Override
  public void close() {
    clock.shutdownNow();
    waits.values().forEach(wait -> wait.cutIfLongerThan(Duration.ZERO.minusNanos(1)));
  }
}
