package org.candor.core.consent;

import org.candor.api.consent.Purpose;
import org.candor.control.ConsentState;

/**
 * Debouncing of decisions for the record: a decision is noted when it is settled, not while a layer
 * is still to come or to be written down. For one thread at a time.
 */
final class DecisionAudit {

  private final Decider decider;
  private final AnswersLayerCache answers;
  private final LayerRecorder recorder;
  private final Layers layers;

  DecisionAudit(Decider decider, AnswersLayerCache answers, LayerRecorder recorder, Layers layers) {
    this.decider = decider;
    this.answers = answers;
    this.recorder = recorder;
    this.layers = layers;
  }

  /**
   * What a purpose comes to.
   *
   * @param before what was known before: what a layer decided that has not come yet counts as it
   *     did
   */
  Decision decide(Purpose purpose, AnswerBook book, AnswerBook before) {
    Decision now = Decision.of(decider.explain(purpose, answers.of(book)));
    Decision was = before.decision(purpose);
    return mayCome(was, now) || isEarly(purpose, book, was, now) ? was : now;
  }

  private boolean mayCome(Decision was, Decision now) {
    return now.equals(Decision.NONE)
        && !Decider.OWN.contains(was.decidedBy())
        && !layers.names().contains(was.decidedBy())
        && !layers.hasLeft(was.decidedBy());
  }

  /**
   * A layer that has changed since it was written down is on record with its denial, not before.
   */
  private boolean isEarly(Purpose purpose, AnswerBook book, Decision was, Decision now) {
    return now.state() == ConsentState.DENIAL
        && was.state() != ConsentState.DENIAL
        && book.stage(Subject.of(purpose)).isEmpty()
        && recorder.compare(book, answers.of(book)).denials().stream()
            .anyMatch(denial -> denial.subject().equals(Subject.of(purpose)));
  }
}
