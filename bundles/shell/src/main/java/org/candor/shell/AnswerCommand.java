package org.candor.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.consent.Purpose;
import org.candor.control.Answered;
import org.candor.control.Answered.Refused;
import org.candor.control.Answers;
import org.candor.control.ChannelStatus;
import org.candor.control.Channels;
import org.candor.control.ConsentControl;
import org.candor.control.Explanation;
import org.candor.shell.screen.Screen;

/**
 * Base of the consent commands: gives the owner's answer, for purposes and for channels by name.
 */
abstract class AnswerCommand extends JsonCommand {

  private static final Integer FAILED = 1;

  @Reference private ConsentControl consent;

  @Reference private Channels channels;

  @Argument(
      name = "what",
      description =
          "usage, errors, version-check, or channels by name; all purposes when left out. A channel"
              + " that was turned off by name is turned on by name only",
      multiValued = true)
  @Completion(PurposesAndChannels.class)
  private List<String> words = List.of();

  /** Writes the answer and says how everything that was named stands now. */
  final Object answer(boolean on) throws CommandException {
    Answers answers = answers(on);
    Answered answered;
    try {
      answered = consent.answer(answers, ShellUser.answerer());
    } catch (IOException e) {
      throw failure(
          e.getMessage()
              + "."
              + (on
                  ? ""
                  : " What you turned off stays off until Karaf restarts, but could not be"
                      + " saved."));
    }
    List<Explanation> explanations =
        Stream.of(Purpose.values())
            .filter(answers.given()::containsKey)
            .map(consent::explain)
            .toList();
    if (json()) {
      print(new Document(explanations, new TreeMap<>(answers.channels()), answered.refused()));
      return answered.refused().isEmpty() ? null : FAILED;
    }
    print(explanations, answers, answered, on);
    return null;
  }

  private void print(List<Explanation> explanations, Answers answers, Answered answered, boolean on)
      throws CommandException {
    Screen screen = screen();
    Set<Purpose> refused =
        answered.refused().stream().map(Refused::purpose).collect(Collectors.toSet());
    explanations.stream()
        .filter(explanation -> !refused.contains(explanation.purpose()))
        .forEach(explanation -> screen.println(new ConsentSummary(explanation).sentence(screen)));
    new TreeMap<>(answers.channels())
        .keySet()
        .forEach(channel -> screen.println(sentence(channel, on)));
    if (!refused.isEmpty()) {
      throw failure(
          answered.refused().stream()
              .map(
                  no ->
                      no.purpose().label()
                          + " stays off, because "
                          + no.layer()
                          + " forbids it: "
                          + no.why()
                          + ". Change that first.")
              .collect(Collectors.joining("\n")));
    }
  }

  private String sentence(String channel, boolean on) {
    if (!on) {
      return channel + " is off until telemetry:enable " + channel + ".";
    }
    Optional<Explanation> off =
        channels.status().stream()
            .filter(status -> status.name().equals(channel))
            .map(ChannelStatus::purpose)
            .map(consent::explain)
            .filter(explanation -> !explanation.allowed())
            .findFirst();
    return off.map(
            explanation ->
                channel
                    + " is not turned off by name, but "
                    + explanation.purpose().label()
                    + " is off; see telemetry:explain "
                    + explanation.purpose().label()
                    + ".")
        .orElse(channel + " is on.");
  }

  private Answers answers(boolean on) throws CommandException {
    Set<String> known = channelNames();
    Map<Purpose, Boolean> given = new EnumMap<>(Purpose.class);
    Map<String, Boolean> named = new TreeMap<>();
    List<String> arguments = arguments(words);
    for (String word : arguments) {
      Optional<Purpose> purpose = Purpose.of(word);
      purpose.ifPresent(one -> given.put(one, on));
      if (purpose.isEmpty() && known.contains(word)) {
        named.put(word, on);
      } else if (purpose.isEmpty()) {
        throw failure(
            "There is no purpose and no channel \""
                + word
                + "\". There are: "
                + String.join(", ", PurposeLabels.all())
                + (known.isEmpty() ? "" : "; " + String.join(", ", known))
                + ".");
      }
    }
    if (arguments.isEmpty()) {
      Stream.of(Purpose.values()).forEach(purpose -> given.put(purpose, on));
    }
    return new Answers(given, named);
  }

  /** Those that are here, and those that were turned off, which may not be. */
  private Set<String> channelNames() throws CommandException {
    List<String> names =
        new ArrayList<>(channels.status().stream().map(ChannelStatus::name).toList());
    try {
      names.addAll(consent.answers().channels().keySet());
    } catch (IOException e) {
      throw failure(e.getMessage() + ".");
    }
    return new LinkedHashSet<>(names.stream().sorted().toList());
  }

  private record Document(
      List<Explanation> purposes, Map<String, Boolean> channels, List<Refused> refused) {}
}
