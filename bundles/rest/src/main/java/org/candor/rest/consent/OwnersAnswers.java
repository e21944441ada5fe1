package org.candor.rest.consent;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.consent.Purpose;
import org.candor.api.control.Answerer;
import org.candor.api.control.Answers;
import org.candor.api.control.ConsentControl;
import org.candor.api.control.Way;
import org.candor.rest.answer.Refusal;

/** What the owner answered and what it comes to, with words for those who ask over HTTP. */
record OwnersAnswers(ConsentControl consent) {

  static final String DECIDED_BY = "decidedBy";
  static final String MESSAGE = "message";

  boolean allowed(Purpose purpose) {
    return consent.explain(purpose).allowed();
  }

  Answers seen() throws Refusal {
    try {
      return consent.answers();
    } catch (IOException e) {
      throw new Refusal(503, e.getMessage() + ". Nothing was changed.");
    }
  }

  void give(Answers answers) throws Refusal {
    if (answers.given().isEmpty()) {
      return;
    }
    try {
      consent.answer(answers, Answerer.unknown(Way.HTTP));
    } catch (IOException e) {
      throw notWritten(answers, e);
    }
  }

  /** As {@link #give}, if the answers are still what was seen. */
  boolean giveIf(Answers seen, Answers answers) throws Refusal {
    try {
      return consent.answerIf(seen, answers, Answerer.unknown(Way.HTTP)).done();
    } catch (IOException e) {
      throw notWritten(answers, e);
    }
  }

  private static Refusal notWritten(Answers answers, IOException e) {
    boolean no = answers.given().containsValue(false);
    boolean yes = answers.given().containsValue(true);
    return new Refusal(
        500,
        "The answer could not be written: "
            + e.getMessage()
            + "."
            + (no ? " The no is obeyed all the same until the next start." : "")
            + (yes ? " The yes is not obeyed." : ""));
  }

  /** Adds who decides. */
  void addDeciders(JsonObject json) {
    JsonObject deciders = new JsonObject();
    for (Purpose purpose : Purpose.values()) {
      deciders.addProperty(purpose.label(), consent.explain(purpose).decidedBy());
    }
    json.add(DECIDED_BY, deciders);
  }

  /** Adds for each yes that changes nothing why that is. */
  void addFutile(JsonObject json, Answers answers) {
    String futile =
        Stream.of(Purpose.values())
            .filter(purpose -> answers.to(purpose).orElse(false))
            .flatMap(purpose -> futile(purpose).stream())
            .collect(Collectors.joining(" "));
    if (!futile.isEmpty()) {
      json.addProperty(MESSAGE, futile);
    }
  }

  private Optional<String> futile(Purpose purpose) {
    return new Standing(consent.explain(purpose)).futile();
  }
}
