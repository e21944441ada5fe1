package org.candor.benchmarks.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Flushes a few bytes to a disk time and again, to see how long it takes for whatever reason. By
 * the clock, so that whoever is late counts the wait too.
 */
final class Disk {

  private static final int BYTES = 1 << 12;
  private static final long GAP_NANOS = 20_000_000;

  private final ExecutorService thread = Executors.newSingleThreadExecutor(Clients::thread);
  private final Future<Percentiles> flushes;
  private volatile boolean stopped;

  /** Begins. */
  Disk(Path folder) {
    flushes = thread.submit(() -> flush(folder));
  }

  /** Ends; how long the flushes took. */
  Percentiles stop() throws InterruptedException, ExecutionException {
    stopped = true;
    thread.shutdown();
    return flushes.get();
  }

  private Percentiles flush(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "flushes", "");
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      List<Long> nanos = new ArrayList<>();
      for (long due = System.nanoTime(); !stopped; due += GAP_NANOS) {
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        out.write(ByteBuffer.allocate(BYTES), 0);
        out.force(true);
        nanos.add(System.nanoTime() - due);
      }
      return new Percentiles(nanos.stream().mapToLong(Long::longValue).toArray());
    } finally {
      Files.delete(file);
    }
  }
}
