package org.candor.core.consent;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.api.file.FileWatch;
import org.candor.core.work.SerialTask;
import org.candor.core.work.WorkerPool;
import org.candor.core.work.WorkerPool.Alarm;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Change detection: notices that somebody wrote the owner's file, a parent instance's files, or put
 * an older copy of the answers in place. File Install does not notice a file that was written twice
 * between two of its looks, and passes others on a second or two later. The kernel reports it at
 * once; where it does not, the files' times and sizes are asked for once a second, and no other
 * look in Candor is as frequent. Thread-safe.
 */
@Component(service = ConsentWatch.class, immediate = true)
public final class ConsentWatch {

  private static final Duration OFTEN = Duration.ofSeconds(1);

  /** While a file is being written. */
  private static final Duration SOON = Duration.ofMillis(50);

  /** Finds what the kernel cannot report: that the folder is another by now. */
  private static final Duration SELDOM = Duration.ofSeconds(10);

  private final Consent consent;
  private final ConfiguredLayer configured;
  private final ParentLayer parent;
  private final WorkerPool workers;
  private final SerialTask look;
  private Optional<FileWatch> watch = Optional.empty();
  private String seen = "";
  private Alarm next = () -> {};
  private boolean closed;

  @Activate
  public ConsentWatch(
      @Reference Consent consent,
      @Reference ConfiguredLayer configured,
      @Reference ParentLayer parent,
      @Reference WorkerPool workers) {
    this.consent = consent;
    this.configured = configured;
    this.parent = parent;
    this.workers = workers;
    this.look = new SerialTask(workers::execute, this::look);
    workers.execute(this::begin);
  }

  @Deactivate
  public synchronized void close() throws IOException {
    closed = true;
    next.cancel();
    if (watch.isPresent()) {
      watch.get().close();
    }
  }

  private void begin() {
    Optional<FileWatch> opened = open();
    look.ask();
    try {
      while (opened.isPresent() && !opened.get().isClosed()) {
        if (opened.get().await(SELDOM)) {
          look.ask();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<FileWatch> open() {
    if (!closed) {
      // Not the folder of the outbox, which is written all the time: a copy of the answers that
      // somebody puts there is found by the next look.
      watch =
          Optional.of(
              new FileWatch(
                  Stream.concat(Stream.of(configured.path()), parent.files().stream()).toList()));
    }
    return watch;
  }

  private void look() {
    Duration wait = OFTEN;
    try {
      // First the watch and then the look, so that nothing falls in between.
      boolean isNotified = isCovered();
      boolean parentChanged = parent.look();
      String version = configured.version();
      boolean settled = configured.isSettled();
      if (!version.equals(seen) || !settled || parentChanged) {
        seen = settled ? version : "";
        consent.changed();
      }
      consent.look();
      wait = !settled ? SOON : isNotified ? SELDOM : OFTEN;
    } finally {
      again(wait);
    }
  }

  private synchronized boolean isCovered() {
    return !closed && parent.isCoveredByFiles() && watch.filter(FileWatch::covers).isPresent();
  }

  private synchronized void again(Duration wait) {
    next.cancel();
    if (!closed) {
      next = workers.after(wait, look::ask);
    }
  }
}
