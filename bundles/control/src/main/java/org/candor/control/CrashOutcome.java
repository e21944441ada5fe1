package org.candor.control;

import org.candor.api.Labelled;

/** What became of the report about a crash. */
public enum CrashOutcome implements Labelled {
  /** Waits: for a channel, for the end of the grace period, or for more crashes alike. */
  WAITING("waiting"),
  /** Lies in the outbox. */
  QUEUED("queued"),
  /** The endpoint has it. */
  DELIVERED("delivered"),
  /** The endpoint will never take it. */
  REFUSED("refused"),
  /** The owner says no: it stays here. */
  WITHHELD("withheld"),
  /** It was queued, and the outbox dropped it; see the losses of the channel. */
  LOST("lost");

  private final String label;

  CrashOutcome(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
