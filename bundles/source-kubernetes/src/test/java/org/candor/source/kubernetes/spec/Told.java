package org.candor.source.kubernetes.spec;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;

/** Keeps what is told, and waits for what should be. */
final class Told implements Consumer<SpecState> {

  private SpecState last = new SpecState.Unread("nothing told", java.util.Optional.empty());
  private int count;

  @Override
  public synchronized void accept(SpecState reading) {
    last = reading;
    count++;
    notifyAll();
  }

  synchronized int count() {
    return count;
  }

  synchronized SpecState last() {
    return last;
  }

  Verdict usage() {
    return last().verdict(Purpose.USAGE);
  }

  SpecState await(LayerAnswer usage) {
    return await(reading -> reading.verdict(Purpose.USAGE).answer() == usage);
  }

  /** Waits for up to two seconds, as was promised. */
  synchronized SpecState await(Predicate<SpecState> good) {
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (!good.test(last)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("not within two seconds; last told: " + last);
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return last;
  }
}
