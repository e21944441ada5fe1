package org.candor.core.settings;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Set;

/**
 * File watcher (inotify): waits for the kernel to say that somebody touches files, which takes no
 * time while nobody does. Linux reports a file on a disk of its own; not of what another machine
 * writes to a shared one, nor of what a link leads to, nor when it has no watch left.
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
  private final WatchService service;

  /**
   * @throws IOException when the system has no watch left for this user
   */
  public FileWatch(Path file) throws IOException {
    this(List.of(file));
  }

  /**
   * @param files at least one
   * @throws IOException as there
   */
  public FileWatch(List<Path> files) throws IOException {
    this.files = List.copyOf(files);
    this.service = files.get(0).getFileSystem().newWatchService();
  }

  /**
   * Begins, or begins again where the files are by now; asked again and again, it finds a folder
   * that was replaced by another.
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
      Path folder = file.toAbsolutePath().getParent();
      if (Files.isSymbolicLink(file) || !OWN.contains(Files.getFileStore(folder).type())) {
        return false;
      }
      folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
      return true;
    } catch (IOException | ClosedWatchServiceException e) {
      return false;
    }
  }

  /**
   * Waits until something in the file's folder was touched.
   *
   * @return false when there is nothing more to wait for, because this is closed
   */
  public boolean await() {
    try {
      WatchKey key = service.take();
      key.pollEvents();
      key.reset();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ClosedWatchServiceException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
