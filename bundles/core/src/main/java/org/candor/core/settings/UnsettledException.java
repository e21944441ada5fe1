package org.candor.core.settings;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Torn read: a file is being written just now, so that what it holds at the moment must not be
 * used.
 */
public final class UnsettledException extends IOException {

  private static final long serialVersionUID = 1L;

  UnsettledException(Path path) {
    super(path + " is being written just now");
  }
}
