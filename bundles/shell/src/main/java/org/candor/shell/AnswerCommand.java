package org.candor.shell;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.consent.Purpose;
import org.candor.api.control.Answerer;
import org.candor.api.control.Answers;
import org.candor.api.control.ConsentControl;
import org.candor.api.control.Explanation;
import org.candor.api.control.Way;
import org.candor.shell.screen.Screen;

/** A command that gives the owner's answer. */
abstract class AnswerCommand extends JsonCommand {

  @Reference private ConsentControl consent;

  @Argument(
      name = "purpose",
      description = "usage, errors or version-check; all when left out",
      multiValued = true)
  @Completion(PurposeLabels.class)
  private List<String> words = List.of();

  /** Writes the answer and says how each purpose stands now. */
  final void answer(boolean allowed) throws CommandException {
    Set<Purpose> purposes = purposes();
    try {
      consent.answer(Answers.of(purposes, allowed), Answerer.unknown(Way.SHELL));
    } catch (IOException e) {
      throw failure(
          e.getMessage()
              + "."
              + (allowed ? "" : " Nothing is sent until the next start all the same."));
    }
    List<Explanation> explanations = purposes.stream().map(consent::explain).toList();
    if (json()) {
      print(new Document(explanations));
    } else {
      explanations.forEach(explanation -> print(explanation, allowed));
    }
  }

  private void print(Explanation explanation, boolean allowed) {
    Screen screen = screen();
    screen.println(
        new Standing(explanation).sentence(screen)
            + (allowed && !explanation.allowed()
                ? " Your yes is on record, but changes nothing while that layer forbids."
                : ""));
  }

  private Set<Purpose> purposes() throws CommandException {
    Optional<String> one = argument(words);
    if (one.isEmpty()) {
      return EnumSet.allOf(Purpose.class);
    }
    return Set.of(
        one.flatMap(Purpose::of).orElseThrow(() -> failure(PurposeLabels.unknown(one.get()))));
  }

  private record Document(List<Explanation> purposes) {}
}
