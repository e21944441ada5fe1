package org.candor.core.crash;

import java.io.IOException;
import java.time.Clock;
import java.util.function.Function;
import org.candor.core.store.IoAction;
import org.candor.core.store.Store;

/**
 * Transactions on the kept crashes: a change is on disk when it returns, and was not made when it
 * throws. Safe for several threads.
 */
final class CrashStore {

  private final CrashFile file;

  CrashStore(Store store, Clock clock) {
    this.file = new CrashFile(store, clock);
  }

  /** After this nothing can be used any more, so that no latecomer holds the file. */
  synchronized void close() {
    file.close();
  }

  /** Runs the step, after which the file may be gone or elsewhere, while nobody uses it. */
  synchronized void whileReleased(IoAction step) throws IOException {
    file.release();
    step.run();
  }

  CrashLimits limits() {
    return file.limits();
  }

  synchronized <T> T read(Function<CrashContents, T> read) throws IOException {
    CrashContents contents = file.contents();
    return translated(() -> read.apply(contents));
  }

  /** The commit comes last and may fail, so that a change must do nothing besides that matters. */
  synchronized <T> T change(Function<CrashContents, T> change) throws IOException {
    CrashContents contents = file.contents();
    return translated(
        () -> {
          T result = change.apply(contents);
          file.commit();
          return result;
        });
  }

  private interface Use<T> {
    T run() throws IOException;
  }

  private <T> T translated(Use<T> use) throws IOException {
    try {
      return use.run();
    } catch (RuntimeException e) {
      file.release();
      throw new IOException("cannot use " + file.path() + ": " + e.getMessage(), e);
    }
  }
}
