package org.candor.core.reporting;

import java.io.IOException;

/** A formatter cannot put something into words, and trying again would not help. */
public final class UnformattableException extends IOException {

  private static final long serialVersionUID = 1L;

  UnformattableException(String formatter, Throwable cause) {
    super("The formatter " + formatter + " failed: " + cause, cause);
  }
}
