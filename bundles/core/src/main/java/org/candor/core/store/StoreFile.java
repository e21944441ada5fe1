package org.candor.core.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
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
  private Optional<MVStore> open = Optional.empty();

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

  /**
   * Opens the file, making it and its directory where they are missing.
   *
   * @return where the old file was set aside when it could not be read
   * @throws IOException when the file cannot be opened for a reason other than its content
   */
  public Optional<Path> open() throws IOException {
    close();
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(copyPath());
    try {
      open = Optional.of(openStore(file));
      return Optional.empty();
    } catch (MVStoreException e) {
      if (!isTheContent(e)) {
        throw new IOException("cannot open " + file + ": " + e.getMessage(), e);
      }
      return Optional.of(setAside(e));
    } catch (RuntimeException e) {
      // A damaged header shows as whatever went wrong first while it was parsed.
      return Optional.of(setAside(e));
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

  /** Moves the file out of the way and begins a new one. */
  public Path setAside(RuntimeException why) throws IOException {
    close();
    Path aside =
        file.resolveSibling(file.getFileName() + ".set-aside-" + STAMP.format(clock.instant()));
    Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    log.error(
        "{} cannot be read ({}). It is kept as {}; a new one begins.",
        file,
        why.getMessage(),
        aside.getFileName());
    try {
      open = Optional.of(openStore(file));
    } catch (RuntimeException e) {
      throw new IOException("cannot make " + file + ": " + e.getMessage(), e);
    }
    return aside;
  }

  /** The map of that name, from numbers to bytes. */
  public MVMap<Long, byte[]> numbered(String name) {
    return numbered(store(), name);
  }

  /** The map of that name, from texts to texts. */
  public MVMap<String, String> named(String name) {
    return named(store(), name);
  }

  /** The names of all maps from numbers to bytes. */
  public List<String> numberedNames() {
    return names(NUMBERED);
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
   * its place. The next use opens that.
   */
  public void keepWithin(long maxBytes) throws IOException {
    if (store().getFileStore().size() <= maxBytes / 4 * 3) {
      return;
    }
    Path copy = copyPath();
    try {
      Files.deleteIfExists(copy);
      copyTo(copy);
      close();
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
      default -> !(root(e) instanceof ClosedChannelException);
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
