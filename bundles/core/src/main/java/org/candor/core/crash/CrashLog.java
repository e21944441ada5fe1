package org.candor.core.crash;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashIntake;
import org.candor.core.consent.Consent;
import org.candor.core.identity.Machine;
import org.candor.core.store.IoAction;
import org.candor.core.store.ResetOrder;
import org.candor.core.store.Resettable;
import org.candor.core.store.Store;
import org.candor.core.work.WorkerPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Crash intake, idempotent by the crash's id: takes crashes and keeps them for the channels and for
 * {@code telemetry:crashes}, and tells those who listen of each that is to be reported.
 */
@Component(service = {CrashIntake.class, CrashLog.class, Resettable.class})
public final class CrashLog implements CrashIntake, Resettable {

  /** In the directory of the store. */
  public static final String FILE = "crashes.mv";

  private static final Logger log = LoggerFactory.getLogger(CrashLog.class);

  private final CrashConsent consent;
  private final WorkerPool workers;
  private final Clock clock;
  private final Scrubber scrubber;
  private final CrashStore crashes;
  private final LoopTimer timer;
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
  private final Runnable stopListening;
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
    this.consent = new CrashConsent(consent);
    this.workers = workers;
    this.clock = clock;
    this.scrubber = new Scrubber(machine.names());
    this.crashes = new CrashStore(store, clock);
    this.timer = new LoopTimer(workers, clock, this::look);
    this.stopListening = consent.onChange(this::consentChanged);
    workers.execute(this::look);
  }

  /** After this nothing can be used any more, so that no latecomer holds the file. */
  @Deactivate
  public void close() {
    closed = true;
    stopListening.run();
    crashes.close();
    timer.cancel();
  }

  @Override
  public ResetOrder order() {
    return ResetOrder.CRASHES;
  }

  @Override
  public void erasing(IoAction step) throws IOException {
    crashes.whileReleased(
        () -> {
          timer.cancel();
          step.run();
        });
  }

  /** Loops may go on in the other directory too. */
  @Override
  public void moving(IoAction step) throws IOException {
    erasing(step);
    workers.execute(this::look);
  }

  @Override
  public boolean take(Crash crash) throws IOException {
    int most = crashes.limits().bytesOfOne();
    // First what will not be kept goes: to scrub it would take time for nothing.
    Crash scrubbed = StackTrimming.fit(scrubber.scrub(StackTrimming.fit(crash, most)), most);
    String component = CrashShares.key(crash.component());
    boolean isNew = folding(folding -> folding.take(scrubbed, component));
    if (isNew) {
      listeners.forEach(CrashLog::tell);
    }
    return isNew;
  }

  /** Reports the number of crashes in each loop whose time has come. */
  private void look() {
    changeInTime(
        () -> {
          if (folding(CrashFolding::closeLoops)) {
            listeners.forEach(CrashLog::tell);
          }
        },
        "The number of crashes in a loop cannot be reported now");
  }

  private interface Fold {
    boolean with(CrashFolding folding);
  }

  private boolean folding(Fold fold) throws IOException {
    List<String> news = new ArrayList<>();
    boolean changed =
        crashes.change(
            contents -> {
              CrashFolding folding = new CrashFolding(contents, consent::stage, clock.instant());
              boolean any = fold.with(folding);
              // Nothing may fail after the commit: what is offered again then is not new.
              timer.set(folding.nextEnd());
              news.addAll(folding.news());
              return any;
            });
    news.forEach(log::warn);
    return changed;
  }

  private void consentChanged() {
    if (!consent.isAllowed()) {
      workers.execute(this::withhold);
    }
  }

  private void withhold() {
    changeInTime(
        () ->
            crashes.change(
                contents -> {
                  CrashConsent.withhold(contents, clock.instant());
                  return true;
                }),
        "Crashes seen before the no cannot be marked");
  }

  /** Nobody waits for it; of what comes too late nobody has to hear. */
  private void changeInTime(IoAction change, String problem) {
    try {
      if (!closed) {
        change.run();
      }
    } catch (IOException e) {
      if (!closed) {
        log.error("{}: {}", problem, e.getMessage());
      }
    }
  }

  /**
   * The oldest crashes after a number that may be reported.
   *
   * @param most how many at most
   */
  public List<KeptCrash> after(long number, int most) throws IOException {
    return crashes.read(contents -> contents.crashes().after(number, most));
  }

  /** The newest crash, whether or not it may be reported. */
  public Optional<KeptCrash> newest() throws IOException {
    return crashes.read(contents -> contents.crashes().newest());
  }

  /** The number of the newest crash, 0 when there is none. */
  public long lastNumber() throws IOException {
    return newest().map(KeptCrash::number).orElse(0L);
  }

  /** Notes that a channel has it in the outbox. */
  public void taken(long number) throws IOException {
    crashes.change(
        contents -> {
          contents.crashes().mark(number, CrashStage.TAKEN);
          return number;
        });
  }

  /**
   * A part of the list of crashes, without their stacks: the newest first, and before them the
   * loops that go on.
   *
   * @param below a number; {@link Long#MAX_VALUE} for the beginning of the list
   * @param most how many at most, besides loops that go on
   */
  List<KeptCrash> page(long below, int most) throws IOException {
    return crashes.read(contents -> contents.page(below, most));
  }

  /** The ids of all crashes on the list. */
  Set<String> ids() throws IOException {
    return crashes.read(CrashContents::ids);
  }

  /** The crash of that id, with its stack; empty when it is not kept. */
  Optional<KeptCrash> of(String id) throws IOException {
    return crashes.read(contents -> contents.of(id));
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
}
