package org.candor.source.crash.runtime;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hears of every thread of this process that ends with an exception, and passes it on to whoever
 * was told before. Does nothing on the dying thread but put the exception, just as it is, into an
 * array that is there already: there may be no memory and hardly any stack left.
 */
final class Uncaught implements UncaughtExceptionHandler {

  private static final int MOST = 64;

  private final BlockingQueue<Throwable> heard = new ArrayBlockingQueue<>(MOST);
  private final AtomicLong lost = new AtomicLong();
  private volatile Optional<UncaughtExceptionHandler> before = Optional.empty();
  private volatile boolean listening;

  void install() {
    before = Optional.ofNullable(Thread.getDefaultUncaughtExceptionHandler());
    listening = true;
    Thread.setDefaultUncaughtExceptionHandler(this);
  }

  /** Listens no more. Somebody who chained us in the meantime still has us pass it on. */
  void uninstall() {
    listening = false;
    if (Thread.getDefaultUncaughtExceptionHandler() == this) {
      Thread.setDefaultUncaughtExceptionHandler(before.orElse(null));
    }
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    try {
      if (listening && !(thrown instanceof ThreadDeath) && !heard.offer(thrown)) {
        lost.incrementAndGet();
      }
    } catch (Throwable ignored) {
      // Whoever was told before must hear of it all the same.
    }
    try {
      passOn(thread, thrown);
    } catch (Throwable ignored) {
      // The Java VM would ignore it too.
    }
  }

  private void passOn(Thread thread, Throwable thrown) {
    if (before.isPresent()) {
      before.get().uncaughtException(thread, thrown);
    } else if (!(thrown instanceof ThreadDeath)) {
      // As ThreadGroup.uncaughtException does when there is no handler.
      System.err.print("Exception in thread \"" + thread.getName() + "\" ");
      thrown.printStackTrace(System.err);
    }
  }

  /** The next one; empty when none comes in time. */
  Optional<Throwable> await(long millis) throws InterruptedException {
    return Optional.ofNullable(heard.poll(millis, TimeUnit.MILLISECONDS));
  }

  /** Has {@link #await} return this. */
  void wake(Throwable sign) {
    heard.offer(sign);
  }

  /** How many there was no room for, since this was last asked. */
  long takeLost() {
    return lost.getAndSet(0);
  }
}
