package org.candor.http.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a state, ten seconds at most. */
public final class Eventually {

  private static final long MOST = Duration.ofSeconds(10).toNanos();
  private static final long PAUSE = Duration.ofMillis(2).toNanos();

  private Eventually() {}

  /** What is there as soon as there is something. */
  public static <T> T get(Supplier<Optional<T>> state) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < MOST) {
      Optional<T> now = state.get();
      if (now.isPresent()) {
        return now.get();
      }
      LockSupport.parkNanos(PAUSE);
    }
    throw new AssertionError("not within ten seconds");
  }

  /** Returns as soon as it is so. */
  public static void is(BooleanSupplier state) {
    get(() -> Optional.of(true).filter(yes -> state.getAsBoolean()));
  }
}
