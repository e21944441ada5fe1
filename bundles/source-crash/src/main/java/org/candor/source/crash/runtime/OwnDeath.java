package org.candor.source.crash.runtime;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.retry.FailureCount;
import org.candor.source.crash.Handover;
import org.candor.source.crash.Home;
import org.candor.source.crash.RetryPolicy;
import org.candor.source.crash.stack.Thrown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches this process: its threads while it lives, and at its start what became of the one before
 * it.
 */
public final class OwnDeath implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OwnDeath.class);

  private static final Duration TOUCH = Duration.ofMinutes(1);
  private static final Duration GOODBYE = Duration.ofMillis(1500);
  private static final int WAITING = 100;

  /** Offers of one exception before it is given up. */
  private static final int OFFERS = 10;

  private final Uncaught uncaught = new Uncaught();
  private final Throwable goOn =
      new Throwable("not an exception but a sign", null, false, false) {
        private static final long serialVersionUID = 1L;
      };
  private final Deque<Crash> waiting = new ArrayDeque<>();
  private final FailureCount retries = RetryPolicy.newCount();
  private final Markers markers;
  private final PastDeaths past;
  private final Handover handover;
  private final Clock clock;
  private final Runnable stopListening;
  private final Thread thread;
  private final Duration touch;

  private boolean told;
  private int offers;
  private Instant nextTouch;
  private Instant nextOffer;
  private boolean complained;
  private volatile boolean takerCame;
  private volatile boolean closed;

  /** Watches this process in its Karaf. */
  public static OwnDeath of(Home home, Handover handover, Clock clock) {
    return new OwnDeath(
        home,
        List.of(Path.of("").toAbsolutePath(), home.base()),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        TOUCH,
        handover,
        clock);
  }

  /**
   * @param folders where HotSpot writes unless told otherwise
   * @param arguments of the Java VM
   * @param touch how often the marker is touched
   */
  OwnDeath(
      Home home,
      List<Path> folders,
      List<String> arguments,
      Duration touch,
      Handover handover,
      Clock clock) {
    this.handover = handover;
    this.clock = clock;
    this.touch = touch;
    ProcessHandle self = ProcessHandle.current();
    Instant start = self.info().startInstant().orElse(Instant.EPOCH);
    markers = new Markers(home.own(), self.pid(), start, clock);
    past =
        new PastDeaths(
            new HsErrFiles(folders, arguments),
            new Reported(home.own().resolve("hs_err.reported")),
            markers,
            handover,
            clock);
    nextTouch = clock.instant();
    nextOffer = clock.instant();
    stopListening =
        handover.onTaker(
            () -> {
              takerCame = true;
              uncaught.wake(goOn);
            });
    thread = new Thread(null, this::work, "candor-crash-runtime", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(OwnDeath.class.getClassLoader());
  }

  public OwnDeath start() {
    uncaught.install();
    thread.start();
    return this;
  }

  private void work() {
    while (!closed) {
      try {
        step();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.error("A crash could not be reported, because of an error in Candor.", e);
      }
    }
  }

  private void step() throws InterruptedException {
    Instant now = clock.instant();
    if (!now.isBefore(nextTouch)) {
      nextTouch = now.plus(touch);
      touch();
    }
    if (!isDone() && (takerCame || !now.isBefore(nextOffer))) {
      takerCame = false;
      offer();
      nextOffer = clock.instant().plus(isDone() ? Duration.ZERO : retries.failed());
    }
    Instant next = isDone() || nextTouch.isBefore(nextOffer) ? nextTouch : nextOffer;
    long rest = Math.max(1, Duration.between(clock.instant(), next).toMillis());
    Optional<Throwable> thrown = uncaught.await(rest);
    thrown.filter(one -> one != goOn).ifPresent(this::heard);
    long lost = uncaught.takeLost();
    if (lost > 0) {
      log.warn("{} exceptions that ended threads came too fast to be reported.", lost);
    }
  }

  private boolean isDone() {
    return told && waiting.isEmpty();
  }

  private void touch() {
    try {
      markers.touch();
      complained = false;
    } catch (IOException e) {
      if (!complained) {
        complained = true;
        log.warn(
            "No marker can be written ({}): if this process is killed, the next one will not"
                + " know.",
            e.toString());
      }
    }
  }

  private void heard(Throwable thrown) {
    List<Failure> failures = Thrown.failures(thrown);
    Failure outermost = failures.get(0);
    Crash crash =
        new Crash(
            Crash.newId(),
            PastDeaths.COMPONENT,
            clock.instant(),
            CrashLevel.ERROR,
            "A thread ended with "
                + outermost.type()
                + (outermost.message().isBlank() ? "" : ": " + outermost.message()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            failures);
    if (!handover.take(crash)) {
      if (waiting.size() == WAITING) {
        waiting.removeFirst();
      }
      waiting.add(crash);
      nextOffer = clock.instant().plus(retries.failed());
    }
  }

  private void offer() {
    if (!told) {
      try {
        told = past.tell();
      } catch (IOException e) {
        log.warn("What became of the process before this one cannot be read: {}.", e.toString());
      }
    }
    while (!waiting.isEmpty()) {
      if (!handover.take(waiting.getFirst())) {
        offers++;
        if (offers >= OFFERS) {
          log.error("{} exceptions that ended threads are dropped.", waiting.size());
          waiting.clear();
          offers = 0;
        }
        return;
      }
      waiting.removeFirst();
      offers = 0;
    }
    if (told) {
      retries.succeeded();
    }
  }

  /** Ends within two seconds, and says goodbye. */
  @Override
  public void close() {
    abandon();
    try {
      markers.remove();
    } catch (IOException e) {
      log.warn("The marker of this process cannot be removed: {}.", e.toString());
    }
  }

  /** Ends as if this process were killed: without a goodbye. */
  void abandon() {
    stopListening.run();
    uncaught.uninstall();
    closed = true;
    uncaught.wake(goOn);
    try {
      thread.join(GOODBYE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
