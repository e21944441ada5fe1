package org.candor.core.delivery;

import org.candor.api.sink.Outcome;

/** Why nothing more may leave in this step, and what the journal says of what was in the air. */
public enum AbortReason {
  /** The owner said no: what is queued goes too. */
  OWNER(Outcome.WITHDRAWN, "Aborted by the owner's denial."),
  /** The sink's bundle went away; the queue stays. */
  SINK_GONE(Outcome.INTERRUPTED, "The sink was removed in the middle; its messages stay queued."),
  /** The channel ends, with Candor or because its file went; the queue stays. */
  CLOSING(Outcome.INTERRUPTED, "The channel was stopped in the middle; its messages stay queued."),
  /** The sink did not keep to its deadline. */
  LATE(Outcome.RETRY, "There was no answer in time.");

  private final Outcome outcome;
  private final String why;

  AbortReason(Outcome outcome, String why) {
    this.outcome = outcome;
    this.why = why;
  }

  Outcome outcome() {
    return outcome;
  }

  String why() {
    return why;
  }
}
