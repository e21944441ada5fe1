package org.candor.rest.product;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs floods: one line when a product sends more than it may, and one when nothing was refused any
 * more for a while. Has a thread while there is a flood. Thread-safe.
 */
final class FloodWatch implements AutoCloseable {

  static final Duration QUIET = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(FloodWatch.class);
  private static final int IDLE_SECONDS = 5;

  private final LongSupplier nanos;
  private final Duration quiet;
  private final ScheduledThreadPoolExecutor thread;
  private final Map<String, Flood> floods = new HashMap<>();

  private static final class Flood {
    private long requests;
    private long last;
  }

  /**
   * @param quiet how long after the last refusal it counts as over
   * @param nanos {@link System#nanoTime()}
   */
  FloodWatch(Duration quiet, LongSupplier nanos) {
    this.nanos = nanos;
    this.quiet = quiet;
    thread = new ScheduledThreadPoolExecutor(1, FloodWatch::thread);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(null, task, "candor-rest-floods", 0, false);
    thread.setDaemon(true);
    return thread;
  }

  /** A request was refused since its product sends too much. */
  synchronized void refused(Product product) {
    if (!floods.containsKey(product.name())) {
      LOG.warn(
          "Pages of product {} send more than {} events a second; what is more is refused. If these"
              + " are its users, set eventsPerSecond in etc/{}-{}.cfg higher.",
          product.name(),
          product.perSecond(),
          ProductComponent.PID,
          product.name());
      floods.put(product.name(), new Flood());
      lookLater(product.name(), quiet);
    }
    Flood flood = floods.get(product.name());
    flood.requests++;
    flood.last = nanos.getAsLong();
  }

  private void lookLater(String name, Duration delay) {
    try {
      thread.schedule(() -> look(name), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      floods.remove(name);
    }
  }

  private synchronized void look(String name) {
    Flood flood = floods.get(name);
    Duration left = quiet.minusNanos(nanos.getAsLong() - flood.last);
    if (left.compareTo(Duration.ZERO) > 0) {
      lookLater(name, left.plusMillis(1));
      return;
    }
    floods.remove(name);
    LOG.info(
        "Pages of product {} send no more than they may again; {} requests were refused.",
        name,
        flood.requests);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
