package org.candor.core.store;

import java.io.IOException;

/**
 * Reset participant: keeps something on disk or in memory that a reset erases or that goes with the
 * store's directory. All of them hold still while one step runs.
 */
public interface Resettable {

  /** Where it stands in the lock hierarchy; no two stand in one place. */
  ResetOrder order();

  /**
   * Runs the step, which erases what is on disk, while nobody uses it, and knows nothing of before
   * afterwards.
   *
   * @throws IOException when the step does
   */
  void erasing(IoAction step) throws IOException;

  /**
   * Runs the step, which sets another directory for the store, while nobody uses what is in it.
   *
   * @throws IOException when the step does
   */
  void moving(IoAction step) throws IOException;
}
