package org.candor.core.consent;

import org.candor.control.ConsentState;
import org.candor.control.Explanation;

/**
 * Consent decision: what all layers together came to. Immutable.
 *
 * @param state for the record
 * @param decidedBy the layer that decided
 */
record Decision(ConsentState state, String decidedBy) {

  /** When nobody has ever answered. */
  static final Decision NONE = new Decision(ConsentState.UNSET, Decider.NOBODY);

  static Decision of(Explanation explanation) {
    return new Decision(
        !explanation.allowed()
            ? ConsentState.DENIAL
            : explanation.decidedBy().equals(Decider.NOBODY)
                ? ConsentState.UNSET
                : ConsentState.GRANT,
        explanation.decidedBy());
  }
}
