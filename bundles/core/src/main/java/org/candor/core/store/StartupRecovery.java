package org.candor.core.store;

import java.io.IOException;

/**
 * Crash recovery at start-up: completes what the previous process may have left half done. Runs
 * before a store opens; idempotent.
 */
@FunctionalInterface
public interface StartupRecovery {

  /** Finishes it; quick when there is nothing to be done. */
  void finish() throws IOException;
}
