package org.candor.core.work;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serial, coalescing task: runs once more whenever it was asked to while it ran, and never twice at
 * a time. Thread-safe.
 */
public final class SerialTask {

  private final Executor executor;
  private final Runnable task;
  private final AtomicInteger asked = new AtomicInteger();

  public SerialTask(Executor executor, Runnable task) {
    this.executor = executor;
    this.task = task;
  }

  /** Has it run soon, after whatever was before this call; from any thread. */
  public void ask() {
    if (asked.getAndIncrement() == 0) {
      executor.execute(this::run);
    }
  }

  private void run() {
    int answered = asked.get();
    try {
      task.run();
    } finally {
      if (asked.addAndGet(-answered) > 0) {
        executor.execute(this::run);
      }
    }
  }
}
