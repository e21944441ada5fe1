package org.candor.source.storageos.cluster;

import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;

/** An answer that says no. */
public final class StatusException extends SourceException {

  private static final long serialVersionUID = 1L;

  /** The user is not known, or no longer logged in. */
  public static final int UNAUTHORISED = 401;

  /** There is no such thing. */
  public static final int NOT_FOUND = 404;

  private final int status;

  StatusException(int status, String message) {
    super(FailureReason.REFUSED, message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
