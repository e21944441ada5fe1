package org.candor.core.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.candor.api.settings.Settings;
import org.candor.core.work.SerialTask;
import org.candor.core.work.Workers;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the present settings of the store; opens nothing itself. Another directory counts once it
 * turns out that it can be used, which a worker finds out; until then, and if not, the one of
 * before does. Safe for several threads.
 */
@Component(service = Store.class, configurationPid = StoreConfig.PID)
@Designate(ocd = StoreConfig.class)
public final class Store {

  private static final Logger log = LoggerFactory.getLogger(Store.class);

  private static final String FILE = "etc/" + StoreConfig.PID + ".cfg";

  private final Settings settings = new Settings(FILE, log::error);
  private final List<Runnable> movers = new CopyOnWriteArrayList<>();
  private final Path base;
  private final Unfinished unfinished;
  private final SerialTask trial;
  private StoreSettings wanted;
  private Optional<Path> refused = Optional.empty();
  private volatile boolean proven;
  private volatile StoreSettings current;

  @Activate
  public Store(
      BundleContext context,
      @Reference Unfinished unfinished,
      @Reference Workers workers,
      StoreConfig config) {
    this(Path.of(context.getProperty("karaf.base")), unfinished, workers::execute, config);
  }

  /**
   * @param workers find out whether a directory can be used
   */
  public Store(Path base, Unfinished unfinished, Executor workers, StoreConfig config) {
    this.base = base;
    this.unfinished = unfinished;
    this.trial = new SerialTask(workers, this::tryDirectory);
    this.wanted = StoreSettings.read(settings, config, base);
    this.current = wanted;
  }

  @Modified
  public synchronized void modified(StoreConfig config) {
    wanted = StoreSettings.read(settings, config, base);
    if (wanted.directory().equals(current.directory())) {
      current = wanted;
      refused = Optional.empty();
    } else if (proven) {
      current = wanted.in(current.directory());
      trial.ask();
    } else {
      // Nothing of before is worth to be kept, and the first use tells what is wrong.
      current = wanted;
    }
  }

  private void tryDirectory() {
    StoreSettings tried = wanted();
    try {
      usable(tried.directory());
      Files.delete(Files.createTempFile(tried.directory(), "candor", ".trial"));
    } catch (IOException e) {
      refuse(tried.directory(), e);
      return;
    }
    if (moved(tried)) {
      movers.forEach(Runnable::run);
    }
  }

  private synchronized StoreSettings wanted() {
    return wanted;
  }

  private synchronized boolean moved(StoreSettings tried) {
    if (!tried.equals(wanted) || tried.directory().equals(current.directory())) {
      return false;
    }
    current = tried;
    refused = Optional.empty();
    log.info(
        "The store is in {} now; what is queued in another directory stays there.",
        tried.directory());
    return true;
  }

  private synchronized void refuse(Path directory, IOException why) {
    if (!directory.equals(wanted.directory()) || refused.filter(directory::equals).isPresent()) {
      return;
    }
    refused = Optional.of(directory);
    log.error(
        "{}: directory = {} is refused; allowed is a folder that this user can make and write ({})."
            + " It stays {}.",
        FILE,
        directory,
        reason(why),
        current.directory());
  }

  /**
   * Makes the directory. To be called before a file is opened.
   *
   * @throws IOException when the directory cannot be used, in full sentences; the one that is set
   *     at the start has none of before to fall back to
   */
  public void prepare() throws IOException {
    unfinished.finish();
    Path directory = current.directory();
    try {
      usable(directory);
      proven = true;
    } catch (IOException e) {
      throw new IOException(
          "%s: directory = %s cannot be used (%s); set a folder that this user can write."
              .formatted(FILE, directory, reason(e)),
          e);
    }
  }

  private static void usable(Path directory) throws IOException {
    Files.createDirectories(directory);
    if (!Files.isWritable(directory)) {
      throw new AccessDeniedException(directory.toString());
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /**
   * Has the action run, on a worker, whenever the directory has become another; it must be quick.
   *
   * @return ends that
   */
  public Runnable onMove(Runnable action) {
    movers.add(action);
    return () -> movers.remove(action);
  }

  public StoreSettings settings() {
    return current;
  }
}
