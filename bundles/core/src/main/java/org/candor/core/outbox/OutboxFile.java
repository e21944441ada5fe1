package org.candor.core.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.candor.core.store.CheckpointFile;
import org.candor.core.store.Store;
import org.candor.core.store.StoreFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox's file: opened when it is used, where the settings say then, and set aside when it
 * cannot be read. For one thread at a time.
 */
final class OutboxFile {

  private static final Logger log = LoggerFactory.getLogger(OutboxFile.class);

  private final Store store;
  private final Clock clock;
  private final Recovery recovery;
  private final LossLog losses = new LossLog();
  private StoreFile file;
  private Optional<Contents> contents = Optional.empty();
  private volatile double fill;
  private volatile Outbox.Use use = new Outbox.Use(0, 0);
  private boolean closed;

  OutboxFile(Store store, Recovery recovery, Clock clock) {
    this.store = store;
    this.recovery = recovery;
    this.clock = clock;
    this.file = new StoreFile(path(), clock);
  }

  private Path path() {
    return store.settings().directory().resolve(Outbox.FILE);
  }

  /** For good. */
  void close() {
    closed = true;
    file.close();
  }

  /** Lets go of the file until it is used again, and of what was not committed. */
  void release() {
    file.close();
  }

  Outbox.Use use() {
    return use;
  }

  /** How near its bounds the file is, from 0 to 1, as of the last change; for any thread. */
  double fill() {
    return fill;
  }

  /** Makes one change, which is on disk when this returns and was not made when it throws. */
  <T> T change(Function<Contents, T> change) throws IOException {
    ensureOpen();
    try {
      return committed(change);
    } catch (RuntimeException e) {
      if (StoreFile.isTheContent(e)) {
        setAside(e);
        return committed(change);
      }
      throw new IOException("cannot use " + file.path() + ": " + e.getMessage(), e);
    }
  }

  /** Makes one change that has no result; see {@link #change}. */
  void make(Consumer<Contents> change) throws IOException {
    change(
        contents -> {
          change.accept(contents);
          return Optional.empty();
        });
  }

  private <T> T committed(Function<Contents, T> change) throws IOException {
    try {
      Contents now = contents.orElseThrow();
      long before = file.version();
      T result = change.apply(now);
      file.commit();
      boolean flushed = file.version() != before;
      use = new Outbox.Use(use.transactions() + 1, use.flushes() + (flushed ? 1 : 0));
      if (flushed) {
        mark(now);
      }
      losses.tell(clock.instant());
      fill = now.queues().fill(store.settings());
      return result;
    } catch (IOException | RuntimeException e) {
      release();
      throw e;
    }
  }

  /** Gives back room that is not needed; what was changed is on disk, so that this may fail. */
  void keepWithin() {
    try {
      long version = file.version();
      file.keepWithin(store.settings().maxBytes());
      // A copy counts its commits anew: the mark of before would seem to be ahead of it.
      if (file.version() < version) {
        contents.ifPresent(this::mark);
      }
    } catch (IOException e) {
      log.warn("The outbox takes more room than it should: {}", e.getMessage());
    }
  }

  private void mark(Contents now) {
    new CheckpointFile(file.path())
        .write(new OutboxCheckpoint(file.version(), now.queues().counts()).text());
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("the outbox is closed");
    }
    Path path = path();
    if (!file.path().equals(path)) {
      file.close();
      file = new StoreFile(path, clock);
    }
    if (!file.isClosed()) {
      return;
    }
    store.prepare();
    try {
      if (!Files.exists(path)) {
        new CheckpointFile(path).delete();
      }
      if (file.open(this::takeOver)) {
        catchUp(path);
      }
    } catch (IOException e) {
      file.close();
      throw e;
    } catch (RuntimeException e) {
      setAside(e);
    }
  }

  private void catchUp(Path path) throws IOException {
    long version = file.version();
    Contents begun = begin();
    Map<String, Long> settled = recovery.catchUp(path, begun);
    Map<String, Long> missing =
        marked(path)
            .filter(marked -> version < marked.version())
            .map(marked -> marked.missing(begun.queues().counts(), settled))
            .orElse(Map.of());
    if (!missing.isEmpty()) {
      recovery.miss(missing, file.keepCopy(), begun);
    }
    file.commit();
    mark(begun);
  }

  private static Optional<OutboxCheckpoint> marked(Path path) {
    return new CheckpointFile(path).read().flatMap(OutboxCheckpoint::of);
  }

  private void setAside(RuntimeException why) throws IOException {
    file.setAside(why, this::takeOver);
  }

  private void takeOver(Path aside) throws IOException {
    RecoveredData salvage = recovery.salvage(aside);
    Contents begun = begin();
    recovery.takeOver(salvage, marked(file.path()), aside, file, begun);
    new CheckpointFile(file.path()).delete();
  }

  private Contents begin() {
    // What was lost before the file was let go did not come to be.
    losses.forget();
    Contents begun = new Contents(file, losses, clock);
    contents = Optional.of(begun);
    return begun;
  }
}
