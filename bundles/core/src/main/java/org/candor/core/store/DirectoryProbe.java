package org.candor.core.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Directory probe: whether a directory can be the store's. Files can be created there, and the
 * store's own files can be locked.
 */
final class DirectoryProbe {

  private DirectoryProbe() {}

  /**
   * @param present where the store is now; under another name it needs no probe
   * @throws IOException when it cannot be used
   */
  static void of(Path directory, Path present) throws IOException {
    if (Files.exists(present) && Files.isSameFile(directory, present)) {
      return;
    }
    Files.delete(Files.createTempFile(directory, "candor", ".probe"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.mv")) {
      for (Path file : files) {
        open(file);
      }
    }
  }

  private static void open(Path file) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new FileSystemException(file.toString(), null, "another process uses it");
      }
    } catch (OverlappingFileLockException e) {
      // Held by this process, which lets go of it.
    }
  }
}
