package org.candor.source.dcos.signal;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the kernel to say that somebody touches one of some files. Linux tells of a file on a
 * disk of its own; not of what another machine writes to a shared one, nor of what a link leads to,
 * as DC/OS's own files are, nor when it has no watch left.
 *
 * <p>All but {@link #close} on one thread, which an interrupt does not end: a layer that nobody
 * follows would give an old answer for good.
 */
final class FolderWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

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

  FolderWatch(List<Path> files) {
    this.files = files.stream().map(file -> file.toAbsolutePath().normalize()).toList();
  }

  /**
   * Begins, or begins anew where the folders are by now.
   *
   * @return whether every change will be told; if not, look from time to time
   */
  boolean covers() {
    boolean all = true;
    for (Path file : files) {
      all &= covers(file);
    }
    return all;
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
      Optional<WatchService> open = open(folder);
      if (open.isPresent()) {
        folder.register(open.get(), ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
      }
      return open.isPresent();
    } catch (IOException | ClosedWatchServiceException e) {
      LOG.debug("The kernel does not tell of {}", file, e);
      return false;
    }
  }

  private synchronized Optional<WatchService> open(Path folder) throws IOException {
    if (service.isEmpty() && !isClosed()) {
      service = Optional.of(folder.getFileSystem().newWatchService());
    }
    return service;
  }

  private synchronized Optional<WatchService> opened() {
    return service;
  }

  /** Waits until something in one of the folders was touched, or for this long. */
  void await(Duration atMost) {
    try {
      Optional<WatchService> open = opened();
      if (open.isEmpty()) {
        pause(atMost);
        return;
      }
      WatchKey key = open.get().poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
      if (key != null) {
        key.pollEvents();
        key.reset();
      }
    } catch (InterruptedException e) {
      LOG.debug("Looked again before the time", e);
    } catch (ClosedWatchServiceException e) {
      LOG.debug("The watch was closed", e);
    }
  }

  /** Waits for this long, or until this is closed. */
  void pause(Duration time) {
    try {
      closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      LOG.debug("Looked again before the time", e);
    }
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Optional<WatchService> open = opened();
      if (open.isPresent()) {
        open.get().close();
      }
    } catch (IOException e) {
      LOG.debug("The watch could not be closed", e);
    }
  }
}
