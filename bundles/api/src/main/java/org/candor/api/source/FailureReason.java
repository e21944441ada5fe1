package org.candor.api.source;

import org.candor.api.Labelled;

/** Why a source's facts are missing, in words that may leave the cluster. */
public enum FailureReason implements Labelled {
  /** Did not come back in time. */
  TIMEOUT("timeout"),
  /** An earlier run has not come back yet. */
  BUSY("busy"),
  /** No connection, or one that broke. */
  UNREACHABLE("unreachable"),
  /** An answer that says no: an HTTP status other than 2xx. */
  REFUSED("refused"),
  /** An answer that is not what the format says. */
  MALFORMED("malformed"),
  /** Anything else. */
  FAILED("failed");

  private final String label;

  FailureReason(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
