package org.candor.core.store;

import java.io.IOException;

/** I/O action: something to be done on disk, which may fail. */
@FunctionalInterface
public interface IoAction {

  void run() throws IOException;
}
