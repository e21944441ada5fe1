package org.candor.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.file.OwnerOnly;
import org.h2.mvstore.MVMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embedded database file with lazy opening: it opens at its first use and again after any failure;
 * what was not committed before a failure is gone then. Not safe for several threads: the owner
 * locks.
 */
public final class StoreFile {

  private static final Logger log = LoggerFactory.getLogger(StoreFile.class);

  private final Path file;
  private final Path copy;
  private final Quarantine quarantine;
  private final Compaction compaction = new Compaction();
  private Optional<OpenStore> open = Optional.empty();

  public StoreFile(Path file, Clock clock) {
    this.file = file;
    this.copy = file.resolveSibling(file.getFileName() + ".copy");
    this.quarantine = new Quarantine(file, clock);
  }

  public Path path() {
    return file;
  }

  /** Whether the next use has to open the file. */
  public boolean isClosed() {
    return open.filter(store -> !store.isClosed()).isEmpty();
  }

  /** Fills a new file with what is left of the old one. */
  @FunctionalInterface
  public interface Salvager {

    /**
     * Puts into the new file what can be saved. The caller commits.
     *
     * @param old the file that was set aside
     */
    void salvage(Path old) throws IOException;
  }

  /**
   * Opens the file, making it and its directory where they are missing.
   *
   * @param salvager is asked when the file cannot be read; see {@link #setAside}
   * @return whether it was as it should be
   * @throws IOException when the file cannot be opened for a reason other than its content
   */
  public boolean open(Salvager salvager) throws IOException {
    close();
    OwnerOnly.createDirectories(file.getParent());
    Files.deleteIfExists(copy);
    try {
      open = Optional.of(opened(file));
      return true;
    } catch (RuntimeException e) {
      if (!StoreFailure.isTheContentOfWhatOpens(e)) {
        throw new IOException("cannot open " + file + ": " + e.getMessage(), e);
      }
      setAside(e, salvager);
      return false;
    }
  }

  /** Makes it for its owner alone where it is missing: the engine's own way goes by the umask. */
  private static OpenStore opened(Path file) throws IOException {
    OwnerOnly.ensureFile(file);
    return OpenStore.of(file);
  }

  /** Opens the file to look at what is left in it; false when it cannot be opened at all. */
  public boolean openReadOnly() {
    close();
    try {
      open = Optional.of(OpenStore.readOnly(file));
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /**
   * Replaces the file by a new one that holds what the salvager puts into it, and keeps the old one
   * under another name. A crash in the middle leaves the old one in its place.
   */
  public void setAside(RuntimeException why, Salvager salvager) throws IOException {
    close();
    Path aside = quarantine.hold();
    try {
      log.error(
          "{} cannot be read ({}). It is kept as {}; a new one begins with what can be saved.",
          file,
          why.getMessage(),
          aside.getFileName());
      Files.deleteIfExists(copy);
      open = Optional.of(opened(copy));
      salvager.salvage(aside);
      commit();
      replaceByCopy();
    } catch (IOException | RuntimeException e) {
      close();
      Files.deleteIfExists(copy);
      quarantine.release(aside);
      throw new IOException("cannot make " + file + " anew: " + e.getMessage(), e);
    }
  }

  /**
   * Keeps the open file as it was at the last commit under another name.
   *
   * @return that name
   */
  public Path keepCopy() throws IOException {
    return quarantine.copy();
  }

  /** The map of that name, from numbers to bytes. */
  public MVMap<Long, byte[]> numbered(String name) {
    return store().numbered(name);
  }

  /**
   * The map of that name, from texts to texts.
   *
   * @throws DamagedException when it is not whole
   */
  public SealedMap named(String name) {
    return store().named(name);
  }

  /** What is whole in the map of that name, which may be damaged. */
  public Map<String, String> wholeNamed(String name) {
    return store().wholeNamed(name);
  }

  /** How many values the map of that name holds, damaged ones too. */
  public int namedCount(String name) {
    return store().namedCount(name);
  }

  /** Whether the next commit has something to do. */
  public boolean hasUnsavedChanges() {
    return store().hasUnsavedChanges();
  }

  /** The names of all maps from numbers to bytes. */
  public List<String> numberedNames() {
    return store().numberedNames();
  }

  /** Grows with each commit; begins anew where the file does. */
  public long version() {
    return store().version();
  }

  /** Puts all changes on disk. When it throws, none of them is. */
  public void commit() throws IOException {
    if (!store().hasUnsavedChanges()) {
      return;
    }
    try {
      store().commit();
    } catch (RuntimeException e) {
      close();
      throw new IOException("cannot write " + file + ": " + StoreFailure.message(e), e);
    }
  }

  /** How much content a file of at most so many bytes may hold. */
  public static long mayHold(long maxBytes) {
    return Compaction.mayHold(maxBytes);
  }

  /**
   * When the file has grown to three quarters of the bound, puts a copy without the freed space in
   * its place, unless that would gain little. When it throws, all is as it was, or the file is
   * closed.
   */
  public void keepWithin(long maxBytes) throws IOException {
    if (!compaction.isDue(store().size(), maxBytes)) {
      return;
    }
    try {
      Files.deleteIfExists(copy);
      try (OpenStore compact = opened(copy)) {
        store().copyTo(compact);
      }
      replaceByCopy();
      compaction.done(store().size());
    } catch (RuntimeException e) {
      throw new IOException("cannot compact " + file + ": " + StoreFailure.message(e), e);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void replaceByCopy() throws IOException {
    close();
    AtomicFileWriter.move(copy, file);
    open = Optional.of(OpenStore.of(file));
  }

  /** Closes the file without writing anything; what was committed stays. */
  public void close() {
    open.ifPresent(OpenStore::close);
    open = Optional.empty();
  }

  private OpenStore store() {
    return open.orElseThrow(() -> new IllegalStateException(file + " is not open"));
  }

  /** Whether the failure lies in what the file holds, rather than in the disk or in its use. */
  public static boolean isTheContent(RuntimeException e) {
    return StoreFailure.isTheContent(e);
  }
}
