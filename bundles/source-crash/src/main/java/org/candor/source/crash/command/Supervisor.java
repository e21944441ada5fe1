package org.candor.source.crash.command;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.candor.source.crash.Handover;
import org.candor.source.crash.Home;
import org.candor.source.crash.record.RecordFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a command running and hands over its crashes. The command has a watcher, the script
 * candor-watch, which leaves a record of its death even when this process is dead by then; the next
 * process finds the watcher again by what {@link RunFiles} keep.
 */
public final class Supervisor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

  /** For processes whose end the system does not tell us. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);
  private static final Duration REST = Duration.ofMinutes(1);
  private static final Duration GOODBYE = Duration.ofMillis(400);

  private final String name;
  private final RunFiles files;
  private final Launch launch;
  private final Offers offers;
  private final Clock clock;
  private final RestartDelay delay;
  private final Semaphore wake = new Semaphore(0);
  private final Runnable stopListening;
  private final Thread thread;

  private volatile CommandSettings wanted;
  private boolean changed;
  private volatile boolean closed;
  private Optional<Run> current = Optional.empty();
  private Optional<Instant> nextStart;
  private String complaint = "";

  /**
   * @param name of the command, unlike all others
   */
  public Supervisor(
      String name, CommandSettings settings, Home home, Handover handover, Clock clock) {
    this.name = name;
    this.clock = clock;
    wanted = settings;
    files = new RunFiles(home.own(), name);
    launch = new Launch(files);
    offers = new Offers(new RecordFolder(files.records(), clock), handover, clock);
    delay = new RestartDelay(RandomGenerator.getDefault());
    nextStart = Optional.of(clock.instant());
    stopListening =
        handover.onTaker(
            () -> {
              offers.now();
              wake.release();
            });
    thread = new Thread(null, this::work, "candor-crash-" + name, 0, false);
    thread.setDaemon(true);
    // The JDK keeps its own thread that waited for a child for a minute after that, and with it the
    // context class loader of whoever started the child.
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
  }

  /** Begins to run the command, or finds the one that runs already. */
  public Supervisor start() {
    thread.start();
    return this;
  }

  /** Changes the settings; a command that cannot go on by them is stopped and started again. */
  public synchronized void configure(CommandSettings settings) {
    changed |= !settings.runsLike(wanted);
    wanted = settings;
    wake.release();
  }

  /** What runs now. */
  synchronized Optional<Run> running() {
    return current;
  }

  private void work() {
    try {
      guarded(this::prepare);
      while (!closed) {
        guarded(this::step);
      }
    } catch (InterruptedException e) {
      log.debug("The thread of {} was told to end", name, e);
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private void guarded(Work work) throws InterruptedException {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error(
          "{} could not be supervised, because of an error in Candor; trying again.", name, e);
      wake.tryAcquire(AFTER_A_FAULT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void prepare() {
    try {
      Optional<RunNote> note = files.note();
      if (note.isPresent()) {
        Run run = Run.found(note.get(), files);
        if (run.isAlive()) {
          setCurrent(Optional.of(run));
          log.info("{} is still running and is watched again.", name);
          return;
        }
        offers.all(note.get());
        files.forget();
      } else {
        offers.all();
      }
    } catch (IOException e) {
      log.warn("The saved state of {} cannot be read: {}.", name, e.toString());
    }
  }

  private void step() throws InterruptedException {
    Optional<Run> run = running();
    if (run.isPresent()) {
      if (!run.get().isAlive()) {
        if (!closed) {
          ended(run.get());
        }
        return;
      }
      if (!run.get().note().what().equals(RunNote.digest(wanted))) {
        log.info("{} is stopped, because its configuration changed.", name);
        stop(run.get());
        startAnew();
        return;
      }
    } else if (takeChanged()) {
      startAnew();
    } else if (nextStart.filter(this::isDue).isPresent()) {
      begin();
      return;
    }
    if (offers.next().filter(this::isDue).isPresent()) {
      offers.all();
    }
    wake.tryAcquire(rest(run).toMillis(), TimeUnit.MILLISECONDS);
  }

  private void startAnew() {
    delay.anew();
    nextStart = Optional.of(clock.instant());
  }

  private synchronized boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  private boolean isDue(Instant time) {
    return !clock.instant().isBefore(time);
  }

  private Duration rest(Optional<Run> run) {
    Duration rest = run.isPresent() && !run.get().isChild() ? LOOK : REST;
    Instant now = clock.instant();
    List<Instant> times = new ArrayList<>();
    offers.next().ifPresent(times::add);
    if (run.isEmpty()) {
      nextStart.ifPresent(times::add);
    }
    for (Instant time : times) {
      Duration until = Duration.between(now, time);
      rest = until.compareTo(rest) < 0 ? until : rest;
    }
    return rest.isNegative() ? Duration.ZERO : rest.plusMillis(1);
  }

  private synchronized void begin() {
    if (closed) {
      return;
    }
    CommandSettings settings = wanted;
    try {
      Run run = launch.begin(settings, clock.instant());
      current = Optional.of(run);
      changed = false;
      run.onExit(wake::release);
      complaint = "";
      log.info("{} has been started.", name);
    } catch (IOException e) {
      Duration pause = delay.after(Duration.ZERO, settings.restartDelay());
      nextStart = Optional.of(clock.instant().plus(pause));
      if (!complaint.equals(e.toString())) {
        complaint = e.toString();
        log.error("{} cannot be started ({}); it is tried again.", name, e.toString());
      }
    }
  }

  private void ended(Run run) {
    Optional<Integer> status = run.status();
    boolean crashed = offers.all(run.note()) || unrecorded(run, status);
    boolean failure = status.map(code -> code != 0).orElse(crashed);
    try {
      files.forget();
    } catch (IOException e) {
      log.warn("The saved state of {} cannot be removed: {}.", name, e.toString());
    }
    setCurrent(Optional.empty());
    Duration ran = Duration.between(run.note().started(), clock.instant());
    CommandSettings settings = wanted;
    String how =
        status.map(code -> "with status " + code).orElse(crashed ? "by a crash" : "by itself");
    if (settings.restart().after(failure)) {
      Duration pause = delay.after(ran, settings.restartDelay());
      nextStart = Optional.of(clock.instant().plus(pause));
      log.info("{} ended {}; it is started again in {} ms.", name, how, pause.toMillis());
    } else {
      nextStart = Optional.empty();
      log.info("{} ended {} and is not started again.", name, how);
    }
  }

  private boolean unrecorded(Run run, Optional<Integer> status) {
    if (files.settled()) {
      return false;
    }
    offers.unrecorded(run.note(), wanted.component(), status);
    return true;
  }

  private synchronized void setCurrent(Optional<Run> run) {
    current = run;
  }

  private void stop(Run run) {
    run.stop();
    try {
      files.forget();
    } catch (IOException e) {
      log.warn("The saved state of {} cannot be removed: {}.", name, e.toString());
    }
    setCurrent(Optional.empty());
  }

  /** Stops the command and ends, within two seconds. */
  @Override
  public void close() {
    Optional<Run> run = end();
    run.ifPresent(this::stop);
    join();
  }

  /** Ends as if this process were killed: the command runs on. */
  void abandon() {
    end();
    join();
  }

  private Optional<Run> end() {
    stopListening.run();
    Optional<Run> run;
    synchronized (this) {
      closed = true;
      run = current;
    }
    wake.release();
    return run;
  }

  private void join() {
    try {
      thread.join(GOODBYE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
