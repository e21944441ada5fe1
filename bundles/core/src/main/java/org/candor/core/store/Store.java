package org.candor.core.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.candor.api.file.OwnerOnly;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Settings;
import org.candor.core.work.SerialTask;
import org.candor.core.work.Ticker;
import org.candor.core.work.WorkerPool;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live reconfiguration of the store: holds the present settings and opens nothing itself. Another
 * directory counts once a worker has found out that it can be used; until then, and if not, the
 * previous one stays in use. Thread-safe.
 */
@Component(
    service = {Store.class, ConfigurationProblems.class},
    configurationPid = StoreConfig.PID)
@Designate(ocd = StoreConfig.class)
public final class Store implements ConfigurationProblems {

  private static final Logger log = LoggerFactory.getLogger(Store.class);

  private static final String FILE = "etc/" + StoreConfig.PID + ".cfg";

  private static final String DIRECTORY = "directory";

  private final Settings settings = new Settings(FILE, log::error);
  private final Path base;
  private final StartupRecovery recovery;
  private final SerialTask probe;
  private final DiskRoom room;
  private StoreSettings wanted;
  private Optional<Path> refused = Optional.empty();
  private volatile boolean proven;
  private volatile Mover mover = IoAction::run;
  private volatile StoreSettings current;

  @Activate
  public Store(
      BundleContext context,
      @Reference StartupRecovery recovery,
      @Reference WorkerPool workers,
      StoreConfig config) {
    this(Path.of(context.getProperty("karaf.base")), recovery, workers::execute, config);
  }

  /**
   * @param workers find out whether a directory can be used
   */
  public Store(Path base, StartupRecovery recovery, Executor workers, StoreConfig config) {
    this(base, recovery, workers, config, Volume.ofTheSystem(), System::nanoTime);
  }

  /**
   * @param volume that the directory lies on
   * @param ticker says when to look at it again
   */
  public Store(
      Path base,
      StartupRecovery recovery,
      Executor workers,
      StoreConfig config,
      Volume volume,
      Ticker ticker) {
    this.room = new DiskRoom(this::settings, volume, ticker);
    this.base = base;
    this.recovery = recovery;
    this.probe = new SerialTask(workers, this::probeDirectory);
    this.wanted = StoreSettings.read(settings, config, base);
    this.current = wanted;
  }

  /** Has everybody let go of one directory before there is another. */
  @FunctionalInterface
  public interface Mover {

    /** Runs the step while nobody uses the store, and has all start again. */
    void move(IoAction step) throws IOException;
  }

  /**
   * Sets who moves; without one the directory just changes.
   *
   * @return ends that
   */
  public Runnable movedBy(Mover who) {
    mover = who;
    return () -> mover = IoAction::run;
  }

  @Modified
  public void modified(StoreConfig config) {
    if (take(StoreSettings.read(settings, config, base))) {
      probe.ask();
    }
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  /** Whether it has to be found out first whether the directory can be used. */
  private synchronized boolean take(StoreSettings next) {
    wanted = next;
    boolean another = !next.directory().equals(current.directory());
    if (another && proven) {
      current = next.in(current.directory());
      return true;
    }
    // A directory that was never used is nothing to keep; the first use of this one tells what is
    // wrong with it.
    current = next;
    refused = Optional.empty();
    settings.accept(DIRECTORY);
    return false;
  }

  private void probeDirectory() {
    StoreSettings candidate = wanted();
    if (candidate.directory().equals(settings().directory())) {
      return;
    }
    try {
      usable(candidate.directory());
      DirectoryProbe.of(candidate.directory(), settings().directory());
    } catch (IOException e) {
      refuse(candidate.directory(), e);
      return;
    }
    try {
      mover.move(() -> move(candidate));
    } catch (IOException e) {
      refuse(candidate.directory(), e);
    }
  }

  private synchronized StoreSettings wanted() {
    return wanted;
  }

  private synchronized void move(StoreSettings candidate) {
    if (candidate.equals(wanted)) {
      current = candidate;
      refused = Optional.empty();
      settings.accept(DIRECTORY);
      log.info(
          "The store is in {} now; what is queued in another directory stays there.",
          candidate.directory());
    }
  }

  private synchronized void refuse(Path directory, IOException why) {
    if (!directory.equals(wanted.directory()) || refused.filter(directory::equals).isPresent()) {
      return;
    }
    refused = Optional.of(directory);
    settings.refuse(
        DIRECTORY,
        directory.toString(),
        "a folder that this user can make and write (" + reason(why) + ")",
        "It stays " + current.directory() + ".");
  }

  /**
   * Makes the directory. To be called before a file is opened.
   *
   * @throws IOException when the directory cannot be used, in full sentences; the one that is set
   *     at the start has none of before to fall back to
   */
  public void prepare() throws IOException {
    recovery.finish();
    Path directory = current.directory();
    try {
      usable(directory);
      prove(directory);
    } catch (IOException e) {
      settings.refuse(
          DIRECTORY,
          directory.toString(),
          "a folder that this user can make and write (" + reason(e) + ")",
          "Nothing can be stored until then.");
      throw new IOException(
          "%s: directory = %s cannot be used (%s); set a folder that this user can write."
              .formatted(FILE, directory, reason(e)),
          e);
    }
  }

  private synchronized void prove(Path directory) {
    proven |= directory.equals(current.directory());
    if (refused.isEmpty()) {
      settings.accept(DIRECTORY);
    }
  }

  private static void usable(Path directory) throws IOException {
    OwnerOnly.createDirectories(directory);
    if (!Files.isWritable(directory)) {
      throw new AccessDeniedException(directory.toString());
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /** How much room there is for what is stored. */
  public DiskRoom room() {
    return room;
  }

  public StoreSettings settings() {
    return current;
  }
}
