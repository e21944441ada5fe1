package org.candor.itest.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for a state, with a hard end. */
public final class Eventually {

  private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(20);

  private Eventually() {}

  /**
   * Looks until what is seen is as it should be.
   *
   * @param what is waited for, for the message
   * @return what was seen then
   * @throws AssertionError with what was seen last, when it did not come in time
   */
  public static <T> T await(String what, Duration atMost, Callable<T> look, Predicate<T> good)
      throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    T seen = look.call();
    while (!good.test(seen)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + atMost + ": " + what + "; last seen: " + seen);
      }
      LockSupport.parkNanos(LOOK_AGAIN);
      seen = look.call();
    }
    return seen;
  }
}
