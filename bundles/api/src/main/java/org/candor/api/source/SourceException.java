package org.candor.api.source;

/** A source's failure: a reason that a report may carry, and a message that stays here. */
public class SourceException extends Exception {

  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  /**
   * @param reason leaves with the report
   * @param message for the administrator: what was asked and what went wrong; never leaves
   */
  public SourceException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** As above, with the cause. */
  public SourceException(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public FailureReason reason() {
    return reason;
  }
}
