package org.candor.rest.consent;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.candor.api.consent.Purpose;
import org.candor.control.Answered;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.control.ConsentControl;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RestResponse;

/** What the owner answered and what it comes to, for those who ask over HTTP. */
record OwnersAnswers(ConsentControl consent) {

  static final String DECIDED_BY = "decidedBy";
  static final String MESSAGE = "message";

  boolean allowed(Purpose purpose) {
    return consent.explain(purpose).allowed();
  }

  Answers seen() throws RefusedRequestException {
    try {
      return consent.answers();
    } catch (IOException e) {
      throw new RefusedRequestException(503, e.getMessage() + ". Nothing was changed.");
    }
  }

  Answered give(Answers answers, Answerer answerer) throws RefusedRequestException {
    if (answers.isEmpty()) {
      return new Answered(true, List.of());
    }
    try {
      return consent.answer(answers, answerer);
    } catch (IOException e) {
      throw notWritten(answers, e);
    }
  }

  /** As {@link #give}, if the answers are still what was seen. */
  Answered giveIf(Answers seen, Answers answers, Answerer answerer) throws RefusedRequestException {
    if (answers.isEmpty()) {
      return new Answered(true, List.of());
    }
    try {
      return consent.answerIf(seen, answers, answerer);
    } catch (IOException e) {
      throw notWritten(answers, e);
    }
  }

  private static RefusedRequestException notWritten(Answers answers, IOException e) {
    boolean no = answers.given().containsValue(false);
    boolean yes = answers.given().containsValue(true);
    return new RefusedRequestException(
        500,
        "The answer could not be written: "
            + e.getMessage()
            + "."
            + (no ? " What was turned off stays off until the next start all the same." : "")
            + (yes ? " Nothing was turned on." : ""));
  }

  /** Adds who decides. */
  void addDeciders(JsonObject json) {
    JsonObject deciders = new JsonObject();
    for (Purpose purpose : Purpose.values()) {
      deciders.addProperty(purpose.label(), consent.explain(purpose).decidedBy());
    }
    json.add(DECIDED_BY, deciders);
  }

  /** The object, or why a part of the change was refused and the object as it is. */
  static RestResponse response(Answered answered, JsonObject json) {
    if (answered.refused().isEmpty()) {
      return RestResponse.of(200, json);
    }
    json.addProperty(
        MESSAGE,
        answered.refused().stream()
                .map(
                    refused ->
                        refused.purpose().label()
                            + " stays off, because "
                            + refused.layer()
                            + " forbids it: "
                            + refused.why()
                            + ".")
                .collect(Collectors.joining(" "))
            + " Change that first; everything else was done.");
    return RestResponse.of(409, json);
  }
}
