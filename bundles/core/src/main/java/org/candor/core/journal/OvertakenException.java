package org.candor.core.journal;

import java.io.IOException;

/** Lost race: entries that were to be read next went in the meantime, to keep within the bound. */
final class OvertakenException extends IOException {

  private static final long serialVersionUID = 1L;

  OvertakenException() {
    super("The entries that come next were just removed to keep within the size limit. Try again.");
  }
}
