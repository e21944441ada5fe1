package org.candor.core.store;

import java.io.IOException;

/** What the process before may have left half done, and what must be whole before anything else. */
@FunctionalInterface
public interface StartupRecovery {

  /** Finishes it; quick when there is nothing to be done. */
  void finish() throws IOException;
}
