package org.candor.source.crash.record;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.candor.api.retry.FailureCount;
import org.candor.api.text.PlainText;
import org.candor.source.crash.Handover;
import org.candor.source.crash.RetryPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a folder where others drop crash records. The folder may be missing, appear, go and be
 * replaced by another.
 */
public final class DirectoryWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DirectoryWatch.class);

  /** The system's word may be lost, and on some file systems never comes. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** For a folder that is missing or that the system does not watch. */
  private static final Duration LOOK_UNTOLD = Duration.ofSeconds(2);

  private static final Duration GOODBYE = Duration.ofMillis(1500);

  private final Path directory;
  private final Handover handover;
  private final RecordFolder folder;
  private final IntakeRate rate;
  private final FailureCount retries = RetryPolicy.newCount();
  private final Semaphore wake = new Semaphore(0);
  private final Runnable stopListening;
  private final Thread thread;

  private Optional<WatchService> service = Optional.empty();
  private Optional<Watched> watched = Optional.empty();
  private boolean complained;
  private boolean limited;
  private volatile boolean closed;

  /**
   * @param perMinute how many files are read in a minute at most
   */
  public DirectoryWatch(
      String name, Path directory, int perMinute, Handover handover, Clock clock) {
    this(name, directory, new IntakeRate(perMinute, System::nanoTime), handover, clock);
  }

  DirectoryWatch(String name, Path directory, IntakeRate rate, Handover handover, Clock clock) {
    this.directory = directory;
    this.rate = rate;
    this.handover = handover;
    folder = new RecordFolder(directory, clock);
    stopListening = handover.onTaker(wake::release);
    thread = new Thread(null, this::work, "candor-crash-" + name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(DirectoryWatch.class.getClassLoader());
  }

  /** Begins to watch. */
  public DirectoryWatch start() {
    thread.start();
    return this;
  }

  /** A folder that the system watches for us; another of the same name has another identity. */
  private record Watched(WatchKey key, Object identity) {}

  private void work() {
    while (!closed) {
      try {
        watch();
        boolean[] refused = {false};
        boolean[] tooMany = {false};
        RecordFolder.Round round =
            folder.workOff(
                crash -> {
                  boolean taken = handover.take(crash);
                  refused[0] = !taken;
                  return taken;
                },
                file -> {
                  if (!closed && !refused[0]) {
                    tooMany[0] = !rate.take(file.toFile().length());
                  }
                  return closed || refused[0] || tooMany[0];
                });
        noteLimit(tooMany[0], round);
        if (tooMany[0]) {
          wake.drainPermits();
          wake.tryAcquire(rate.rest().toMillis() + 1, TimeUnit.MILLISECONDS);
        } else if (refused[0]) {
          wake.drainPermits();
          wake.tryAcquire(retries.failed().toMillis(), TimeUnit.MILLISECONDS);
        } else {
          retries.succeeded();
          rest(round);
        }
      } catch (InterruptedException | ClosedWatchServiceException e) {
        return;
      } catch (RuntimeException e) {
        log.error("{} could not be processed; trying again.", name(directory), e);
        pause(LOOK);
      }
    }
  }

  /** Said once when there are more than are taken, and once when all were. */
  private void noteLimit(boolean tooMany, RecordFolder.Round round) {
    if (tooMany && !limited) {
      limited = true;
      log.warn(
          "{} has more than {} crash records a minute (maxPerMinute). The others stay there and are"
              + " taken in the next minutes, as many in each; a large one counts for several.",
          name(directory),
          rate.most());
    } else if (limited && !tooMany && round == RecordFolder.Round.DONE) {
      limited = false;
      log.info("All crash records in {} have been taken.", name(directory));
    }
  }

  private static String name(Path path) {
    return PlainText.line(path.toString());
  }

  private void pause(Duration time) {
    try {
      wake.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Asks the system to tell what comes, before the look at what is there. */
  private void watch() {
    try {
      BasicFileAttributes now = Files.readAttributes(directory, BasicFileAttributes.class);
      if (watched.isPresent()
          && watched.get().key().isValid()
          && identity(now).equals(watched.get().identity())) {
        return;
      }
      watched.ifPresent(old -> old.key().cancel());
      watched = Optional.empty();
      Optional<WatchService> open = service();
      if (open.isPresent() && now.isDirectory()) {
        WatchKey key = directory.register(open.get(), StandardWatchEventKinds.ENTRY_CREATE);
        watched = Optional.of(new Watched(key, identity(now)));
        complained = false;
      }
    } catch (IOException e) {
      watched = Optional.empty();
      if (!complained && Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        complained = true;
        log.warn(
            "The system does not report changes in {} ({}); it is checked every {} s.",
            name(directory),
            PlainText.line(e.toString()),
            LOOK_UNTOLD.toSeconds());
      }
    }
  }

  private static Object identity(BasicFileAttributes folder) {
    return Optional.ofNullable(folder.fileKey()).orElse("");
  }

  private synchronized Optional<WatchService> service() throws IOException {
    if (service.isEmpty() && !closed) {
      service = Optional.of(directory.getFileSystem().newWatchService());
    }
    return service;
  }

  private void rest(RecordFolder.Round round) throws InterruptedException {
    boolean told = watched.isPresent();
    Duration time = told && round == RecordFolder.Round.DONE ? LOOK : LOOK_UNTOLD;
    if (!told) {
      wake.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    Optional<WatchKey> key =
        Optional.ofNullable(service.orElseThrow().poll(time.toMillis(), TimeUnit.MILLISECONDS));
    key.ifPresent(
        one -> {
          one.pollEvents();
          one.reset();
        });
  }

  /** Ends within two seconds; what was not taken stays where it is. */
  @Override
  public void close() {
    closed = true;
    stopListening.run();
    wake.release();
    try {
      synchronized (this) {
        if (service.isPresent()) {
          service.get().close();
        }
      }
      thread.join(GOODBYE.toMillis());
    } catch (IOException e) {
      log.debug("The watch on {} could not be closed", directory, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
