package org.candor.core.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.Store;
import org.candor.core.store.StoreFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * File lifecycle: opened when it is used, where the settings say then, and made anew of what is
 * whole when it cannot be read. Nothing is on disk before {@link #commit}. For one thread at a
 * time.
 */
final class CrashFile {

  private static final Logger log = LoggerFactory.getLogger(CrashFile.class);

  private final Store store;
  private final Clock clock;
  private StoreFile file;
  private Optional<CrashContents> contents = Optional.empty();
  private boolean closed;

  CrashFile(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.file = new StoreFile(settled(), clock);
  }

  private Path settled() {
    return store.settings().directory().resolve(CrashLog.FILE);
  }

  Path path() {
    return file.path();
  }

  /** For good. */
  void close() {
    closed = true;
    release();
  }

  /** Lets go of the file until it is used again, and of what was not committed. */
  void release() {
    contents = Optional.empty();
    file.close();
  }

  /** What the file holds; to be asked for anew after {@link #release} and {@link #commit}. */
  CrashContents contents() throws IOException {
    if (closed) {
      throw new IOException("the list of crashes is closed");
    }
    if (!file.path().equals(settled())) {
      release();
      file = new StoreFile(settled(), clock);
    }
    if (!file.isClosed() && contents.isPresent()) {
      return contents.get();
    }
    CrashContents opened = open();
    contents = Optional.of(opened);
    return opened;
  }

  private CrashContents open() throws IOException {
    store.prepare();
    AtomicReference<KeptCrashes> crashes = new AtomicReference<>(crashes());
    StoreFile.Salvager salvager =
        aside -> {
          crashes.set(crashes());
          takeOver(aside, crashes.get());
        };
    if (file.open(salvager)) {
      try {
        crashes.get().begin();
      } catch (RuntimeException e) {
        file.setAside(e, salvager);
      }
    }
    return new CrashContents(crashes.get(), new Repetitions(file, this::limits));
  }

  private KeptCrashes crashes() {
    return new KeptCrashes(file, clock, this::limits);
  }

  /** How much it may hold, as the settings say now. Safe for several threads. */
  CrashLimits limits() {
    return CrashLimits.of(store.settings());
  }

  /** Puts all changes on disk; when it throws, none of them is. */
  void commit() throws IOException {
    file.commit();
    keepWithin();
  }

  /** What was changed is on disk, so that this may fail. */
  private void keepWithin() {
    try {
      file.keepWithin(limits().fileBytes());
    } catch (IOException e) {
      log.warn("The list of crashes takes more space than it may: {}", e.getMessage());
    }
  }

  /** Takes over what is whole, each crash as it was kept last. */
  private static void takeOver(Path aside, KeptCrashes crashes) throws IOException {
    RecordFrame.scan(
        aside,
        content -> {
          if (CrashCodec.isStack(content)) {
            crashes.restoreStack(content);
          } else {
            CrashCodec.decode(content).ifPresent(crashes::restore);
          }
        });
    crashes.dropStacksAlone();
    log.error("{} crashes were recovered from {}.", crashes.count(), aside.getFileName());
  }
}
