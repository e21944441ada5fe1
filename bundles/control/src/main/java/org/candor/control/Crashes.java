package org.candor.control;

import java.io.IOException;
import java.util.List;
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
   * The stack of one crash, as {@link SeenCrash#stack} has it. Looks at nothing else, so that the
   * stacks of a list can be read one after another.
   *
   * @return empty when none is known, or the crash is no longer kept
   * @throws IOException when it cannot be read
   */
  List<String> stack(String id) throws IOException;

  /**
   * One crash with its stack.
   *
   * @return empty when none of that id is kept
   * @throws IOException when it cannot be read
   */
  Optional<SeenCrash> crash(String id) throws IOException;
}
