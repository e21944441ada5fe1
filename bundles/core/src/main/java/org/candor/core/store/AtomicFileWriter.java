package org.candor.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Atomic file replacement (fsync, then rename): a file that is on disk takes the place of another,
 * so that a power loss leaves one or the other.
 */
public final class AtomicFileWriter {

  private AtomicFileWriter() {}

  /** Writes an empty file, all of it or an exception. On disk when this returns. */
  public static void fill(Path fresh, ByteBuffer content) throws IOException {
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      // On a disk that is full, or nearly, less than all may be taken without a word.
      while (content.hasRemaining()) {
        out.write(content);
      }
      out.force(true);
    }
  }

  /** Both must be in the same directory. On disk when this returns, where directories can be. */
  public static void move(Path fresh, Path target) throws IOException {
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    settle(target.toAbsolutePath().getParent());
  }

  /** Puts on disk which files a directory holds, where directories can be. */
  public static void settle(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some systems cannot open a directory; they put its entries on disk by themselves.
    }
  }
}
