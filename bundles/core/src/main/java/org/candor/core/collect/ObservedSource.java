package org.candor.core.collect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.candor.api.Deadline;
import org.candor.api.fact.Fact;
import org.candor.api.source.FailureReason;
import org.candor.api.source.HealthSource;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceException;
import org.candor.api.text.PlainText;
import org.candor.control.SourceState;
import org.candor.control.SourceStatus;
import org.candor.core.work.WorkerPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bulkhead and single flight: one source, one run of it at a time for all who ask, and how its last
 * run went. Thread-safe.
 */
final class ObservedSource {

  private static final Logger log = LoggerFactory.getLogger(ObservedSource.class);

  private String name;
  private final HealthSource source;
  private final Clock clock;
  private SourceStatus status;
  private Optional<Run> running = Optional.empty();
  private Optional<List<Fact>> latest = Optional.empty();
  private boolean gone;

  ObservedSource(String name, HealthSource source, Clock clock) {
    this.name = name;
    this.source = source;
    this.clock = clock;
    this.status =
        new SourceStatus(name, SourceState.WAITING, Optional.empty(), 0, Duration.ZERO, "");
  }

  synchronized String name() {
    return name;
  }

  /** It goes by this name from now on, in what was seen of it already too. */
  synchronized void rename(String now) {
    name = now;
    status =
        new SourceStatus(
            now,
            status.state(),
            status.observedAt(),
            status.facts(),
            status.took(),
            status.error());
  }

  synchronized SourceStatus status() {
    return status;
  }

  /**
   * Begins a run, or joins the one in progress; empty when that was given up and has not come back.
   */
  synchronized Optional<Run> begin(WorkerPool workers, Deadline deadline) {
    if (running.isPresent()) {
      return running.filter(run -> !run.givenUp);
    }
    Run run = new Run(clock.instant(), deadline);
    running = Optional.of(run);
    run.future = workers.submit(() -> observe(run));
    return Optional.of(run);
  }

  /** What was seen last; empty when nothing ever was. */
  synchronized Optional<List<Fact>> latest() {
    return latest;
  }

  /** Waits for a run a moment, and leaves it alone when it takes longer. */
  void await(Run run, Duration moment) {
    try {
      run.future.get(moment.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | CancellationException | ExecutionException e) {
      // Whoever needs the result asks for it.
    }
  }

  /** Ends whatever runs, because the source is going away. */
  synchronized void abandon() {
    gone = true;
    running.ifPresent(this::giveUp);
  }

  private synchronized void giveUp(Run run) {
    run.givenUp = true;
    run.deadline.cancel();
    run.future.cancel(true);
    if (!run.started) {
      running = running.filter(other -> other != run);
    }
  }

  synchronized Result busy() {
    return fail(
        clock.instant(), FailureReason.BUSY, "The previous run has not returned.", Duration.ZERO);
  }

  /** Waits for a run until its deadline. */
  Result end(Run run) {
    try {
      Observation seen = run.future.get(run.deadline.remaining().toMillis(), TimeUnit.MILLISECONDS);
      return succeed(run, seen);
    } catch (TimeoutException | CancellationException e) {
      giveUp(run);
      return fail(run, FailureReason.TIMEOUT, "Did not return in time.");
    } catch (ExecutionException e) {
      return e.getCause() instanceof SourceException known
          ? fail(run, known.reason(), known.getMessage())
          : fail(run, FailureReason.FAILED, e.getCause().toString());
    } catch (InterruptedException e) {
      giveUp(run);
      Thread.currentThread().interrupt();
      return fail(run, FailureReason.TIMEOUT, "Was interrupted.");
    } catch (RuntimeException e) {
      return fail(run, FailureReason.FAILED, e.toString());
    }
  }

  private Observation observe(Run run) throws Exception {
    synchronized (this) {
      if (run.givenUp) {
        throw new CancellationException("given up before it began");
      }
      run.started = true;
    }
    try {
      Observation seen = Objects.requireNonNull(source.observe(run.deadline), "no observation");
      synchronized (this) {
        latest = Optional.of(seen.facts());
      }
      return seen;
    } finally {
      synchronized (this) {
        running = running.filter(other -> other != run);
      }
    }
  }

  private synchronized Result succeed(Run run, Observation seen) {
    boolean configured = seen.advice().isEmpty();
    if (status.state() == SourceState.FAILING) {
      log.info("Source {} answers again.", name);
    }
    status =
        new SourceStatus(
            name,
            configured ? SourceState.OK : SourceState.UNCONFIGURED,
            Optional.of(clock.instant()),
            seen.facts().size(),
            Duration.between(run.began, clock.instant()),
            seen.advice().orElse(""));
    return new Result(seen.facts(), Optional.empty());
  }

  private Result fail(Run run, FailureReason reason, String error) {
    return fail(run.began, reason, error, Duration.between(run.began, clock.instant()));
  }

  private synchronized Result fail(Instant at, FailureReason reason, String error, Duration took) {
    if (gone) {
      return new Result(List.of(), Optional.of(FailureReason.FAILED));
    }
    if (status.state() != SourceState.FAILING) {
      log.warn(
          "Source {} fails ({}): {} Reports are sent without its facts, marked partial.",
          name,
          reason.label(),
          PlainText.shown(error));
    }
    status =
        new SourceStatus(
            name, SourceState.FAILING, Optional.of(at), 0, took, reason.label() + ": " + error);
    return new Result(List.of(), Optional.of(reason));
  }

  /** What a run gave. */
  record Result(List<Fact> facts, Optional<FailureReason> gap) {}

  /** A run that has begun. */
  static final class Run {
    private final Instant began;
    private final Deadline deadline;
    private Future<Observation> future;
    private boolean started;
    private boolean givenUp;

    private Run(Instant began, Deadline deadline) {
      this.began = began;
      this.deadline = deadline;
    }
  }
}
