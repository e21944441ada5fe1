package org.candor.api.file;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * File watcher (inotify): waits for the kernel to say that somebody touches one of some files,
 * which takes no time while nobody does. Linux reports a file on a disk of its own; not what
 * another machine writes to a shared one, nor what a link leads to, nor anything when it has no
 * watch left.
 *
 * <p>Safe for several threads; only one of them may wait.
 */
public final class FileWatch implements AutoCloseable {

  /** As {@code mount} calls them. */
  private static final Set<String> OWN =
      Set.of(
          "bcachefs",
          "btrfs",
          "ext2",
          "ext3",
          "ext4",
          "f2fs",
          "jfs",
          "overlay",
          "tmpfs",
          "xfs",
          "zfs");

  private final List<Path> files;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<WatchService> service = Optional.empty();

  /** Opens nothing yet: that is done by whoever asks or waits first. */
  public FileWatch(List<Path> files) {
    this.files = files.stream().map(file -> file.toAbsolutePath().normalize()).toList();
  }

  /**
   * Begins, or begins again where the files are by now; asked again and again, it finds a folder
   * that was replaced by another, and a watch where the system had none left.
   *
   * @return whether every change will be reported; if not, look from time to time
   */
  public boolean covers() {
    boolean covers = true;
    for (Path file : files) {
      covers &= covers(file);
    }
    return covers;
  }

  private boolean covers(Path file) {
    try {
      Path folder = file.getParent();
      if (folder == null
          || !Files.isDirectory(folder)
          || !folder.toRealPath().equals(folder)
          || Files.isSymbolicLink(file)
          || !OWN.contains(Files.getFileStore(folder).type())) {
        return false;
      }
      Optional<WatchService> open = open();
      if (open.isPresent()) {
        folder.register(open.get(), ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
      }
      return open.isPresent();
    } catch (IOException | ClosedWatchServiceException e) {
      return false;
    }
  }

  private synchronized Optional<WatchService> open() throws IOException {
    if (service.isEmpty() && !isClosed() && !files.isEmpty()) {
      service = Optional.of(files.get(0).getFileSystem().newWatchService());
    }
    return service;
  }

  private synchronized Optional<WatchService> opened() {
    return service;
  }

  /**
   * Waits until something in the folder of one of the files was touched, for this long, or until
   * this is closed. Where the system has no watch left, it waits for the whole time.
   *
   * @return whether something was touched
   */
  public boolean await(Duration atMost) throws InterruptedException {
    try {
      Optional<WatchService> open = open();
      if (open.isEmpty()) {
        pause(atMost);
        return false;
      }
      WatchKey key = open.get().poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
      if (key == null) {
        return false;
      }
      key.pollEvents();
      key.reset();
      return true;
    } catch (IOException e) {
      pause(atMost);
      return false;
    } catch (ClosedWatchServiceException e) {
      return false;
    }
  }

  /** Waits for this long, or until this is closed. */
  public void pause(Duration time) throws InterruptedException {
    closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Whether there is nothing more to wait for. */
  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Ends the waiting. */
  @Override
  public void close() throws IOException {
    closed.countDown();
    Optional<WatchService> open = opened();
    if (open.isPresent()) {
      open.get().close();
    }
  }
}
