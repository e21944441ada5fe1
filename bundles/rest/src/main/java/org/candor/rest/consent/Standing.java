package org.candor.rest.consent;

import java.util.Optional;
import org.candor.api.control.Explanation;

/** How a purpose stands, in the shell's words. */
record Standing(Explanation explanation) {

  /** Why a yes changed nothing; empty when it is allowed. */
  Optional<String> futile() {
    if (explanation.allowed()) {
      return Optional.empty();
    }
    return explanation.layers().stream()
        .filter(word -> word.layer().equals(explanation.decidedBy()))
        .findFirst()
        .map(
            word ->
                explanation.purpose().label()
                    + " is off: "
                    + word.layer()
                    + " "
                    + word.verdict().label()
                    + " it ("
                    + word.why()
                    + "). Your yes is on record, but changes nothing while that layer forbids.");
  }
}
