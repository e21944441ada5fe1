package org.candor.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.candor.core.work.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disk space watch with an emergency reserve: how much of what the stores may take their volume
 * still has. On one that is full the reserve is given back, so that what waits can be delivered and
 * its room be freed. Thread-safe.
 */
public final class DiskRoom {

  /** In the directory of the stores; holds nothing. */
  static final String RESERVE = "reserve";

  private static final Logger log = LoggerFactory.getLogger(DiskRoom.class);
  private static final long SELDOM = TimeUnit.SECONDS.toNanos(1);

  /** The last fifth is worth a warning, into the last tenth no more page views are accepted. */
  private static final int FIFTH = 5;

  private static final int TENTH = 10;

  /** So many reserves must be left before there is one, and before another is made. */
  private static final int PLENTY = 3;

  private final Supplier<StoreSettings> settings;
  private final Volume volume;
  private final Ticker ticker;
  private OptionalLong looked = OptionalLong.empty();
  private Optional<Path> reserve = Optional.empty();
  private boolean warned;
  private boolean full;
  private volatile boolean tight;

  DiskRoom(Supplier<StoreSettings> settings, Volume volume, Ticker ticker) {
    this.settings = settings;
    this.volume = volume;
    this.ticker = ticker;
  }

  /** Looks, unless that was done within the last second. */
  public synchronized void look() {
    long now = ticker.nanos();
    if (looked.isEmpty() || now - looked.getAsLong() >= SELDOM) {
      lookNow();
    }
  }

  /**
   * Looks at once, as after something could not be written.
   *
   * @return whether there is more room than before, since the reserve was given back
   */
  public synchronized boolean lookNow() {
    looked = OptionalLong.of(ticker.nanos());
    StoreSettings now = settings.get();
    Path directory = now.directory();
    try {
      long left = volume.usable(directory);
      long whole = Math.min(now.maxBytes(), left + used(directory));
      warn(left, whole, directory);
      boolean more = keep(directory, left, now.budget().bytesFor(StorePart.RESERVE));
      tight = full || left <= whole / TENTH;
      return more;
    } catch (IOException e) {
      // Whoever uses the directory says what is wrong with it.
      log.debug("The room in {} is not known", directory, e);
      return false;
    }
  }

  /** Whether no more than a tenth is left, or the reserve is in use; from memory. */
  public boolean isTight() {
    return tight;
  }

  private static long used(Path directory) throws IOException {
    long used = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.mv")) {
      for (Path file : files) {
        used += Files.size(file);
      }
    }
    return used;
  }

  private void warn(long left, long whole, Path directory) {
    if (left < whole / FIFTH && !warned) {
      warned = true;
      log.warn(
          "The disk of {} is nearly full: {} kB are left of the {} kB that Candor could use there."
              + " Free some, or set directory in etc/org.candor.store.cfg. Page views are not"
              + " accepted any more when less than a tenth is left.",
          directory,
          left >> 10,
          whole >> 10);
    } else if (left > whole / PLENTY && warned) {
      warned = false;
      log.info("The disk of {} has room again.", directory);
    }
  }

  private boolean keep(Path directory, long left, long size) throws IOException {
    Path file = directory.resolve(RESERVE);
    if (reserve.filter(before -> !before.equals(file)).isPresent()) {
      Files.deleteIfExists(reserve.get());
    }
    reserve = Optional.of(file);
    boolean isThere = Files.exists(file);
    if (isThere && left < size) {
      Files.delete(file);
      if (!full) {
        log.warn(
            "The disk of {} is full. What waits is delivered with the {} kB that were kept for"
                + " this.",
            directory,
            size >> 10);
      }
      full = true;
      return true;
    }
    if (!isThere && left > PLENTY * size) {
      full = false;
      make(file, size);
    }
    return false;
  }

  /** Of bytes that are there: a hole would reserve nothing. */
  private static void make(Path file, long size) throws IOException {
    Path fresh = Files.createTempFile(file.getParent(), RESERVE, ".tmp");
    try {
      AtomicFileWriter.fill(fresh, ByteBuffer.allocate((int) size));
      AtomicFileWriter.move(fresh, file);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
