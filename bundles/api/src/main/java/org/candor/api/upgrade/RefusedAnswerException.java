package org.candor.api.upgrade;

/** An answer that must not be believed; the message says why, for the administrator. */
public final class RefusedAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  public RefusedAnswerException(String message) {
    super(message);
  }
}
