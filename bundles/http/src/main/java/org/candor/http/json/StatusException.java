package org.candor.http.json;

import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;

/** An answer that says no. */
public final class StatusException extends SourceException {

  private static final long serialVersionUID = 1L;

  /** Whoever asks is not known, or no longer logged in. */
  public static final int UNAUTHORISED = 401;

  /** Whoever asks is known, and may not. */
  public static final int FORBIDDEN = 403;

  /** There is no such thing. */
  public static final int NOT_FOUND = 404;

  /** What was to be followed from then on is too old. */
  public static final int GONE = 410;

  private final int status;

  /**
   * @param message what was asked, and what may be done about the answer
   */
  public StatusException(int status, String message) {
    super(FailureReason.REFUSED, message);
    this.status = status;
  }

  /** The HTTP status, or what stands for it. */
  public int status() {
    return status;
  }
}
