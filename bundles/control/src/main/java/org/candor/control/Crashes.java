package org.candor.control;

import java.io.IOException;
import java.util.Optional;

/** The crashes that were seen on this installation. Safe for several threads. */
public interface Crashes {

  /**
   * The newest without their stacks, newest first; also those that nobody outside ever learns of.
   * Read a few at a time while it is gone through, so that a long list takes no room; going through
   * it throws {@link java.io.UncheckedIOException} when the rest cannot be read. For one thread.
   *
   * @throws IOException when they cannot be read
   */
  Iterable<CrashSummary> crashes() throws IOException;

  /**
   * One crash with its stack.
   *
   * @return empty when there is none of that id, or it is no longer kept
   * @throws IOException when it cannot be read
   */
  Optional<SeenCrash> crash(String id) throws IOException;
}
