package org.candor.shell;

import java.util.Optional;
import org.candor.control.Explanation;
import org.candor.shell.screen.Screen;

/** Consent summary: what is decided for a purpose, by which layer and why, in one sentence. */
record ConsentSummary(Explanation explanation) {

  String sentence(Screen screen) {
    String state = explanation.allowed() ? "allowed" : "off";
    return explanation.purpose().label()
        + " is "
        + screen.paint(state)
        + decider().map(word -> ": " + said(word)).orElse(": no layer forbids it.");
  }

  /** The layer decision that counts; empty when all layers are silent. */
  Optional<Explanation.LayerExplanation> decider() {
    return explanation.layers().stream()
        .filter(word -> word.layer().equals(explanation.decidedBy()))
        .findFirst();
  }

  private static String said(Explanation.LayerExplanation word) {
    return word.layer() + " " + word.verdict().label() + " it (" + word.why() + ").";
  }
}
