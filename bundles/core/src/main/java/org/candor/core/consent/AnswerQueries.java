package org.candor.core.consent;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.control.Answers;
import org.candor.control.Explanation;
import org.candor.control.Explanation.LayerExplanation;

/**
 * Read side of the answers: what they and all layers come to. Fails closed: as long as the answers
 * cannot be read, nothing is allowed. Thread-safe.
 */
final class AnswerQueries {

  private final AnswerMemory memory;
  private final AnswersLayerCache layers;
  private final Decider decider;

  AnswerQueries(AnswerMemory memory, AnswersLayerCache layers, Decider decider) {
    this.memory = memory;
    this.layers = layers;
    this.decider = decider;
  }

  Explanation explain(Purpose purpose, Optional<Subject> channel) {
    try {
      AnswersLayer answers = layers.inForce(memory.book());
      return channel.isPresent()
          ? decider.explain(purpose, channel.get(), answers)
          : decider.explain(purpose, answers);
    } catch (IOException e) {
      return new Explanation(
          purpose,
          false,
          AnswersLayer.NAME,
          List.of(new LayerExplanation(AnswersLayer.NAME, LayerAnswer.FORBIDS, e.getMessage())));
    }
  }

  /** The newest grant that has to wait for another grace period, unless an answer came after it. */
  Optional<Grant> waiting(Purpose purpose) {
    return memory.known().flatMap(book -> layers.inForce(book).waiting(Subject.of(purpose)));
  }

  Answers answers() throws IOException {
    return layers.inForce(memory.book()).answers();
  }
}
