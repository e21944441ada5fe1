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
import org.candor.core.store.DamagedException;
import org.candor.core.store.Store;
import org.candor.core.store.StoreFile;
import org.candor.core.store.StorePart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox's file: opened when it is used, where the settings say then, and set aside when it
 * cannot be read. For one thread at a time.
 */
final class OutboxFile {

  private static final Logger log = LoggerFactory.getLogger(OutboxFile.class);

  /** A file of less gives nothing back. */
  private static final long LEAST = 1 << 16;

  private final Store store;
  private final Clock clock;
  private final Recovery recovery;
  private final QueueShares shares;
  private final LossLog losses = new LossLog();
  private StoreFile file;
  private Optional<Contents> contents = Optional.empty();
  private volatile Map<String, Double> fills = Map.of();
  private volatile Outbox.Use use = new Outbox.Use(0, 0);
  private boolean closed;

  OutboxFile(Store store, Recovery recovery, QueueShares shares, Clock clock) {
    this.store = store;
    this.recovery = recovery;
    this.shares = shares;
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

  /** How near a channel is to its bounds, from 0 to 1, as of the last change; for any thread. */
  double fill(String channel) {
    return fills.getOrDefault(channel, 0.0);
  }

  /** Makes one change, which is on disk when this returns and was not made when it throws. */
  <T> T change(Function<Contents, T> change) throws IOException {
    store.room().look();
    try {
      return changeOnce(change);
    } catch (IOException e) {
      if (store.room().lookNow()) {
        return changeOnce(change);
      }
      throw e;
    }
  }

  /** What is known of messages; of the journal only where the file may have forgotten some. */
  Past past() throws IOException {
    return change(
        contents ->
            new Past(
                contents.queues().ids(), contents.wasRestored() ? recovery.outcomes() : Map.of()));
  }

  private <T> T changeOnce(Function<Contents, T> change) throws IOException {
    ensureOpen();
    try {
      return committed(change);
    } catch (RuntimeException e) {
      if (StoreFile.isTheContent(e)) {
        setAside(e);
        return committed(change);
      }
      return changeAgain(change);
    }
  }

  /** What went wrong may lie in the file, which is checked as a whole when it opens. */
  private <T> T changeAgain(Function<Contents, T> change) throws IOException {
    ensureOpen();
    try {
      return committed(change);
    } catch (RuntimeException e) {
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
      T result = change.apply(now);
      boolean flushed = file.hasUnsavedChanges();
      if (flushed) {
        now.countCommit();
      }
      file.commit();
      use = new Outbox.Use(use.transactions() + 1, use.flushes() + (flushed ? 1 : 0));
      if (flushed) {
        mark(now);
      }
      losses.tell(clock.instant());
      fills = now.fills(store.settings());
      return result;
    } catch (IOException | RuntimeException e) {
      release();
      throw e;
    }
  }

  /** Gives back room that is not needed; what was changed is on disk, so that this may fail. */
  void keepWithin() {
    try {
      long most = store.settings().budget().bytesFor(StorePart.OUTBOX);
      file.keepWithin(store.room().isTight() ? Math.min(most, least()) : most);
    } catch (IOException e) {
      log.warn("The outbox takes more room than it should: {}", e.getMessage());
    }
  }

  /** So much and no more, where others need the room. */
  private long least() {
    long content = contents.map(now -> now.queues().totalBytes()).orElse(0L);
    return Math.max(LEAST, 4 * content);
  }

  private void mark(Contents now) {
    new CheckpointFile(file.path()).write(now.checkpoint().text());
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
      boolean isNew = !Files.exists(path);
      if (file.open(this::takeOver)) {
        catchUp(path, isNew);
      }
      contents.ifPresent(this::mark);
    } catch (IOException e) {
      file.close();
      throw e;
    } catch (RuntimeException e) {
      setAside(e);
    }
  }

  private void catchUp(Path path, boolean isNew) throws IOException {
    Contents begun = begin();
    Optional<OutboxCheckpoint> marked = marked(path);
    if (!isNew && begun.isEmpty() && marked.isPresent()) {
      throw new DamagedException("nothing is in it although something was");
    } else if (!begun.isEmpty()) {
      Map<String, Long> missing = recovery.catchUp(path, begun, marked);
      if (!missing.isEmpty()) {
        recovery.miss(missing, file.keepCopy(), begun);
      }
    } else if (marked.isPresent()) {
      recovery.missAll(marked.get(), path, begun);
    }
    if (file.hasUnsavedChanges()) {
      begun.countCommit();
      file.commit();
    }
  }

  private static Optional<OutboxCheckpoint> marked(Path path) {
    return new CheckpointFile(path).read().flatMap(OutboxCheckpoint::of);
  }

  private void setAside(RuntimeException why) throws IOException {
    file.setAside(why, this::takeOver);
    contents.ifPresent(this::mark);
  }

  private void takeOver(Path aside) throws IOException {
    Optional<OutboxCheckpoint> marked = marked(file.path());
    RecoveredData salvage = recovery.salvage(aside, marked);
    Contents begun = begin();
    recovery.takeOver(salvage, marked, aside, file, begun);
    begun.countCommit();
  }

  private Contents begin() {
    // What was lost before the file was let go did not come to be.
    losses.forget();
    Contents begun = new Contents(file, losses, shares, clock);
    contents = Optional.of(begun);
    return begun;
  }
}
