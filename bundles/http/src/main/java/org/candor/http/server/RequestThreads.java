package org.candor.http.server;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few threads that answer requests; they end when there is nothing to do. The JDK's server
 * hands over a connection as soon as the first byte is there, and the thread reads the rest: hence
 * the {@link Watchdog}. It closes a connection that is not taken since too many wait.
 */
final class RequestThreads implements Executor, AutoCloseable {

  static final int THREADS = 8;
  static final int QUEUE = 128;

  private static final int IDLE_SECONDS = 10;
  private static final long CLOSE_MILLIS = 700;

  private final String name;
  private final AtomicInteger number = new AtomicInteger();
  private final ThreadPoolExecutor threads;
  private final Watchdog watchdog;

  RequestThreads(String name, Watchdog.Limits limits) {
    this.name = name;
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            this::thread);
    threads.allowCoreThreadTimeOut(true);
    watchdog = new Watchdog(name, limits, () -> !threads.getQueue().isEmpty());
  }

  Watchdog watchdog() {
    return watchdog;
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, name + "-http-" + number.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable exchange) {
    threads.execute(() -> watch(exchange));
  }

  private void watch(Runnable exchange) {
    watchdog.begin();
    try {
      exchange.run();
    } finally {
      try {
        watchdog.end();
      } catch (IOException e) {
        // The server has closed the connection already, when its reading or writing failed.
        Thread.interrupted();
      }
    }
  }

  /** Cuts off who is slow, and waits 0.7 s at most for what is being answered. */
  @Override
  public void close() {
    threads.shutdown();
    watchdog.close();
    try {
      if (!threads.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
