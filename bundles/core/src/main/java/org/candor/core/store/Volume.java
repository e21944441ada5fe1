package org.candor.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The volume that the stores lie on. */
@FunctionalInterface
public interface Volume {

  /** Bytes that are left for this user where a directory lies. */
  long usable(Path directory) throws IOException;

  /** The real one. */
  static Volume ofTheSystem() {
    return directory -> Files.getFileStore(directory).getUsableSpace();
  }
}
