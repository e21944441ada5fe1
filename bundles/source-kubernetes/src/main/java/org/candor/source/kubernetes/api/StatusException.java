package org.candor.source.kubernetes.api;

import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;

/** An answer that says no. */
public final class StatusException extends SourceException {

  private static final long serialVersionUID = 1L;

  /** The resource version from which was to be watched is too old. */
  public static final int GONE = 410;

  private final int status;

  public StatusException(int status, String message) {
    super(FailureReason.REFUSED, message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
