package org.candor.source.crash;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a state, fifteen seconds at most. */
public final class Eventually {

  private static final long MOST = Duration.ofSeconds(15).toNanos();
  private static final long PAUSE = Duration.ofMillis(1).toNanos();

  private Eventually() {}

  public static void is(BooleanSupplier state) {
    long start = System.nanoTime();
    while (!state.getAsBoolean()) {
      if (System.nanoTime() - start > MOST) {
        throw new AssertionError("not within fifteen seconds");
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
