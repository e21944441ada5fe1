package org.candor.benchmarks.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** How long a disk takes to flush what was written, whoever writes it. */
final class Disk {

  private static final int BYTES = 1 << 15;
  private static final int A_SECOND = 200;

  private Disk() {}

  /** Writes and flushes by the clock, so that whoever is late counts the wait too. */
  static Percentiles flushes(Path folder, int seconds) throws IOException {
    Path file = Files.createTempFile(folder, "flushes", "");
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long[] nanos = new long[seconds * A_SECOND];
      long begin = System.nanoTime();
      for (int i = 0; i < nanos.length; i++) {
        long due = begin + i * 1_000_000_000L / A_SECOND;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        out.write(ByteBuffer.allocate(BYTES));
        out.force(true);
        nanos[i] = System.nanoTime() - due;
      }
      return new Percentiles(nanos);
    } finally {
      Files.delete(file);
    }
  }
}
