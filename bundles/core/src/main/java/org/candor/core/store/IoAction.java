package org.candor.core.store;

import java.io.IOException;

/** Something to be done on disk. */
@FunctionalInterface
public interface IoAction {

  void run() throws IOException;
}
