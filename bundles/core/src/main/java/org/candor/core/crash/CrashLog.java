package org.candor.core.crash;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.candor.api.consent.Purpose;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashIntake;
import org.candor.core.consent.Consent;
import org.candor.core.identity.Machine;
import org.candor.core.store.IoAction;
import org.candor.core.store.Store;
import org.candor.core.work.WorkerPool;
import org.candor.core.work.WorkerPool.Alarm;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes crashes, folds those that come in a loop, and keeps them for the channels and for {@code
 * telemetry:crashes}. A crash that happens while the owner says no, or that no channel has taken
 * when the owner says no, is withheld for good.
 */
@Component(service = {CrashIntake.class, CrashLog.class})
public final class CrashLog implements CrashIntake {

  /** In the directory of the store. */
  public static final String FILE = "crashes.mv";

  private static final Logger log = LoggerFactory.getLogger(CrashLog.class);

  private final Consent consent;
  private final WorkerPool workers;
  private final Clock clock;
  private final Scrubber scrubber;
  private final CrashFile file;
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
  private final Runnable stopListening;
  private Alarm alarm = () -> {};
  private volatile boolean closed;

  @Activate
  public CrashLog(
      @Reference Store store,
      @Reference Consent consent,
      @Reference WorkerPool workers,
      @Reference Machine machine) {
    this(store, consent, workers, machine, Clock.systemUTC());
  }

  public CrashLog(Store store, Consent consent, WorkerPool workers, Machine machine, Clock clock) {
    this.consent = consent;
    this.workers = workers;
    this.clock = clock;
    this.scrubber = new Scrubber(machine.names());
    this.file = new CrashFile(store, clock);
    this.stopListening = consent.onChange(this::consentChanged);
    workers.execute(this::look);
  }

  /** After this nothing can be used any more, so that no latecomer holds the file. */
  @Deactivate
  public void close() {
    closed = true;
    stopListening.run();
    synchronized (this) {
      alarm.cancel();
      file.close();
    }
  }

  /** Runs the step, which erases the file, while nobody uses it. */
  public synchronized void forgetting(IoAction step) throws IOException {
    alarm.cancel();
    file.reset();
    step.run();
  }

  /** Runs the step, which sets another directory for the file, while nobody uses it. */
  public void moving(IoAction step) throws IOException {
    forgetting(step);
    workers.execute(this::look);
  }

  @Override
  public boolean take(Crash crash) throws IOException {
    Crash scrubbed = scrubber.scrub(crash);
    boolean isNew = keep(scrubbed);
    if (isNew) {
      listeners.forEach(CrashLog::tell);
    }
    return isNew;
  }

  private synchronized boolean keep(Crash crash) throws IOException {
    return use(() -> kept(crash));
  }

  private boolean kept(Crash crash) throws IOException {
    if (file.knows(crash.id())) {
      return false;
    }
    Instant now = clock.instant();
    closeLoops(now);
    String kind = CrashKind.of(crash);
    Repetition before =
        file.repetition(kind)
            .filter(known -> !known.isOver(now))
            .orElseGet(() -> Repetition.begun(now));
    if (before.isFolding()) {
      if (before.loop().isEmpty()) {
        log.warn(
            "{} crashes again and again; from now on its crashes are counted, and their number is"
                + " reported at {}. telemetry:crashes shows them.",
            crash.component(),
            before.end());
      }
      file.count(crash, kind, before.oneCounted(crash));
    } else {
      file.add(crash, 1, stage());
      file.remember(kind, before.oneReported());
      log.warn("{} crashed: {}. See telemetry:crashes.", crash.component(), crash.message());
    }
    // Nothing may fail after the commit: what is offered again then is not new.
    wakeAtNextEnd(now);
    file.commit();
    return true;
  }

  private CrashStage stage() {
    return consent.explain(Purpose.ERRORS).allowed() ? CrashStage.NEW : CrashStage.WITHHELD;
  }

  /** Reports the number of those whose time has come. */
  private boolean closeLoops(Instant now) throws IOException {
    boolean any = false;
    for (Map.Entry<String, Repetition> entry : file.repetitions().entrySet()) {
      Repetition repetition = entry.getValue();
      if (repetition.isDue(now)) {
        CrashLoop loop = repetition.loop().orElseThrow();
        file.add(loop.first(), loop.count(), stage());
        file.remember(entry.getKey(), repetition.next(now));
        any = true;
      } else if (repetition.isOver(now)) {
        file.forget(entry.getKey());
      }
    }
    return any;
  }

  private void look() {
    boolean any = false;
    try {
      synchronized (this) {
        if (closed) {
          return;
        }
        any = use(this::reportLoops);
      }
    } catch (IOException e) {
      log.error("The number of crashes in a loop cannot be reported now: {}", e.getMessage());
    }
    if (any) {
      listeners.forEach(CrashLog::tell);
    }
  }

  private boolean reportLoops() throws IOException {
    Instant now = clock.instant();
    boolean any = closeLoops(now);
    wakeAtNextEnd(now);
    file.commit();
    return any;
  }

  private void wakeAtNextEnd(Instant now) throws IOException {
    alarm.cancel();
    file.repetitions().values().stream()
        .filter(repetition -> repetition.loop().isPresent())
        .map(Repetition::end)
        .min(Instant::compareTo)
        .map(end -> Duration.between(now, end).plusMillis(1))
        .ifPresent(wait -> alarm = workers.after(wait, this::look));
  }

  private void consentChanged() {
    if (!consent.explain(Purpose.ERRORS).allowed()) {
      workers.execute(this::withhold);
    }
  }

  private void withhold() {
    try {
      synchronized (this) {
        if (!closed) {
          use(
              () -> {
                file.withhold();
                file.commit();
                return true;
              });
        }
      }
    } catch (IOException e) {
      log.error("Crashes seen before the no cannot be marked: {}", e.getMessage());
    }
  }

  /**
   * The oldest crashes after a number that may be reported.
   *
   * @param most how many at most
   */
  public synchronized List<KeptCrash> after(long number, int most) throws IOException {
    return use(() -> file.after(number, most));
  }

  /** The newest crash, whether or not it may be reported. */
  public synchronized Optional<KeptCrash> newest() throws IOException {
    return use(file::newest);
  }

  /** The number of the newest crash, 0 when there is none. */
  public synchronized long lastNumber() throws IOException {
    return newest().map(KeptCrash::number).orElse(0L);
  }

  /** Notes that a channel has it in the outbox. */
  public synchronized void taken(long number) throws IOException {
    use(
        () -> {
          file.mark(number, CrashStage.TAKEN);
          file.commit();
          return true;
        });
  }

  /** All crashes that are kept, the newest first; those of a loop that goes on before them. */
  public synchronized List<KeptCrash> all() throws IOException {
    return use(file::all);
  }

  /**
   * Has the action run when a crash is to be reported, on the thread of whoever saw it; it must be
   * quick.
   *
   * @return ends that
   */
  public Runnable onChange(Runnable action) {
    listeners.add(action);
    return () -> listeners.remove(action);
  }

  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | LinkageError e) {
      log.error("A crash could not be passed on to all channels", e);
    }
  }

  private interface Use<T> {
    T run() throws IOException;
  }

  private <T> T use(Use<T> use) throws IOException {
    try {
      return use.run();
    } catch (RuntimeException e) {
      file.reset();
      throw new IOException("cannot use " + file.path() + ": " + e.getMessage(), e);
    }
  }
}
