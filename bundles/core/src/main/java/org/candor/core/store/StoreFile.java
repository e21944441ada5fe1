package org.candor.core.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MVStore file. It opens at its first use and again after any failure; what was not committed
 * before a failure is gone then. Every commit is on the platter when it returns, which is what
 * makes it safe to reuse freed space at once (retention time 0). Not safe for several threads: the
 * owner locks.
 */
public final class StoreFile {

  private static final Logger log = LoggerFactory.getLogger(StoreFile.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final String NUMBERED = "numbered/";
  private static final String NAMED = "named/";

  private final Path file;
  private final Clock clock;
  private final Map<String, MVMap<Long, byte[]>> numbered = new HashMap<>();
  private final Map<String, MVMap<String, String>> named = new HashMap<>();
  private Optional<MVStore> open = Optional.empty();
  private long compacted;

  public StoreFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
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
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(copyPath());
    try {
      open = Optional.of(openStore(file));
      return true;
    } catch (RuntimeException e) {
      // A damaged header shows as whatever went wrong first while it was parsed.
      if (e instanceof MVStoreException && !isTheContent(e)) {
        throw new IOException("cannot open " + file + ": " + e.getMessage(), e);
      }
      setAside(e, salvager);
      return false;
    }
  }

  /** Opens the file to look at what is left in it; false when it cannot be opened at all. */
  public boolean openReadOnly() {
    close();
    try {
      open = Optional.of(new MVStore.Builder().fileName(file.toString()).readOnly().open());
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
    Path aside = asidePath();
    Files.deleteIfExists(aside);
    keepAs(aside);
    try {
      log.error(
          "{} cannot be read ({}). It is kept as {}; a new one begins with what can be saved.",
          file,
          why.getMessage(),
          aside.getFileName());
      Files.deleteIfExists(copyPath());
      open = Optional.of(openStore(copyPath()));
      salvager.salvage(aside);
      commit();
      close();
      replaceByCopy();
      open = Optional.of(openStore(file));
    } catch (IOException | RuntimeException e) {
      close();
      Files.deleteIfExists(copyPath());
      if (Files.exists(file) && Files.isSameFile(file, aside)) {
        Files.delete(aside);
      }
      throw new IOException("cannot make " + file + " anew: " + e.getMessage(), e);
    }
  }

  /**
   * Keeps the open file as it was at the last commit under another name.
   *
   * @return that name
   */
  public Path keepCopy() throws IOException {
    Path aside = asidePath();
    Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
    return aside;
  }

  private Path asidePath() {
    return file.resolveSibling(file.getFileName() + ".set-aside-" + STAMP.format(clock.instant()));
  }

  private void keepAs(Path aside) throws IOException {
    try {
      Files.createLink(aside, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(file, aside);
    }
  }

  private void replaceByCopy() throws IOException {
    AtomicFileWriter.move(copyPath(), file);
  }

  /** The map of that name, from numbers to bytes. */
  public MVMap<Long, byte[]> numbered(String name) {
    return numbered.computeIfAbsent(name, map -> numbered(store(), map));
  }

  /** The map of that name, from texts to texts. */
  public MVMap<String, String> named(String name) {
    return named.computeIfAbsent(name, map -> named(store(), map));
  }

  /** The names of all maps from numbers to bytes. */
  public List<String> numberedNames() {
    return names(NUMBERED);
  }

  /** Grows with each commit; begins anew where the file does. */
  public long version() {
    return store().getCurrentVersion();
  }

  /** Puts all changes on disk. When it throws, none of them is. */
  public void commit() throws IOException {
    if (!store().hasUnsavedChanges()) {
      return;
    }
    try {
      store().commit();
      store().sync();
    } catch (RuntimeException e) {
      close();
      throw new IOException("cannot write " + file + ": " + root(e).getMessage(), e);
    }
  }

  /**
   * How much content a file of at most so many bytes may hold: a quarter. Two more quarters are
   * what the store has freed and not yet used again, the last is the copy that gives it all back.
   */
  public static long mayHold(long maxBytes) {
    return maxBytes / 4;
  }

  /**
   * When the file has grown to three quarters of the bound, puts a copy without the freed space in
   * its place, unless that would gain little. When it throws, all is as it was, or the file is
   * closed.
   */
  public void keepWithin(long maxBytes) throws IOException {
    long size = store().getFileStore().size();
    if (size <= maxBytes / 4 * 3 || size < compacted + compacted / 2) {
      return;
    }
    Path copy = copyPath();
    try {
      Files.deleteIfExists(copy);
      copyTo(copy);
      close();
      replaceByCopy();
      open = Optional.of(openStore(file));
      compacted = store().getFileStore().size();
    } catch (RuntimeException e) {
      throw new IOException("cannot compact " + file + ": " + root(e).getMessage(), e);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void copyTo(Path copy) {
    MVStore target = openStore(copy);
    try {
      numberedNames().forEach(name -> numbered(target, name).putAll(numbered(name)));
      names(NAMED).forEach(name -> named(target, name).putAll(named(name)));
      target.commit();
      target.sync();
    } finally {
      target.closeImmediately();
    }
  }

  private List<String> names(String kind) {
    return store().getMapNames().stream()
        .filter(name -> name.startsWith(kind))
        .map(name -> name.substring(kind.length()))
        .toList();
  }

  private static MVMap<Long, byte[]> numbered(MVStore store, String name) {
    return store.openMap(
        NUMBERED + name,
        new MVMap.Builder<Long, byte[]>()
            .keyType(LongDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  private static MVMap<String, String> named(MVStore store, String name) {
    return store.openMap(
        NAMED + name,
        new MVMap.Builder<String, String>()
            .keyType(StringDataType.INSTANCE)
            .valueType(StringDataType.INSTANCE));
  }

  private Path copyPath() {
    return file.resolveSibling(file.getFileName() + ".copy");
  }

  /** Closes the file without writing anything; what was committed stays. */
  public void close() {
    numbered.clear();
    named.clear();
    open.ifPresent(MVStore::closeImmediately);
    open = Optional.empty();
  }

  private MVStore store() {
    return open.orElseThrow(() -> new IllegalStateException(file + " is not open"));
  }

  private static MVStore openStore(Path file) {
    MVStore store =
        new MVStore.Builder()
            .fileName(file.toString())
            .autoCommitDisabled()
            .autoCompactFillRate(0)
            .cacheSize(1)
            .open();
    store.setRetentionTime(0);
    store.setVersionsToKeep(0);
    return store;
  }

  /** Whether the failure lies in what the file holds, rather than in the disk or in its use. */
  public static boolean isTheContent(RuntimeException e) {
    if (!(e instanceof MVStoreException failure)) {
      return e instanceof DamagedException;
    }
    return switch (failure.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED, DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED ->
          false;
      // A file that ends too early is damaged; one that may not be read, or not now, is not.
      default -> !(root(e) instanceof IOException) || root(e) instanceof EOFException;
    };
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
