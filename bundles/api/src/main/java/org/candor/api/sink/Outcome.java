package org.candor.api.sink;

import org.candor.api.Labelled;

/** How an attempt ended. */
public enum Outcome implements Labelled {
  /** The endpoint has it. */
  DELIVERED("delivered"),
  /** The endpoint does not have it, or did not say; try again. */
  RETRY("retry"),
  /** The endpoint will never take it. */
  REFUSED("refused"),
  /** The owner said no in the middle; some of it may have left. */
  WITHDRAWN("withdrawn"),
  /** This process ended in the middle; some or all of it may have left. */
  INTERRUPTED("interrupted");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
