package org.candor.core.consent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.control.Way;

/**
 * Consent layer: what was answered by shell, API and web page, and which denials stand, worked out
 * once for a book, since it is asked for with every event. Immutable.
 */
final class AnswersLayer {

  static final String NAME = "answers";

  private final Map<Subject, List<Denial>> stage;
  private final Map<Subject, Grant> granted = new HashMap<>();
  private final Map<Subject, Grant> waiting = new HashMap<>();
  private final Map<String, RememberedDecision> heard;

  /**
   * @param book what is known
   * @param after grants given before do not count, since they were given to the original of a copy
   */
  AnswersLayer(AnswerBook book, Optional<Instant> after) {
    this.stage = book.stage().collect(Collectors.groupingBy(Denial::subject));
    this.heard = book.remembered();
    book.grants().values().stream()
        .filter(grant -> grant.origin().equals(NAME))
        .filter(grant -> after.filter(time -> !grant.at().isAfter(time)).isEmpty())
        .sorted(Comparator.comparing(Grant::at).thenComparing(Grant::id))
        .forEach(grant -> granted.put(grant.subject(), grant));
    book.grants().values().stream()
        .filter(grant -> grant.waits() && !isAnswered(grant))
        .sorted(Comparator.comparing(Grant::at).thenComparing(Grant::id))
        .forEach(grant -> waiting.put(grant.subject(), grant));
  }

  /** Whether somebody agreed after a grant that has to wait. */
  private boolean isAnswered(Grant grant) {
    return granted(grant.subject())
        .filter(
            answer -> answer.at().isAfter(grant.at()) || answer.takesBack().contains(grant.id()))
        .isPresent();
  }

  /** The answers that stand. */
  Answers answers() {
    Map<Purpose, Boolean> given = new EnumMap<>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      LayerAnswer word = verdict(Subject.of(purpose)).answer();
      if (word != LayerAnswer.SILENT) {
        given.put(purpose, word == LayerAnswer.ALLOWS);
      }
    }
    Map<String, Boolean> channels = new HashMap<>();
    for (Subject subject : stage.keySet()) {
      if (!stage(subject, NAME).isEmpty()) {
        subject.channel().ifPresent(channel -> channels.put(channel, false));
      }
    }
    return new Answers(given, channels);
  }

  Verdict verdict(Subject subject) {
    List<Denial> denials = stage(subject, NAME);
    if (!denials.isEmpty()) {
      return Verdict.forbids(why(denials.get(denials.size() - 1)));
    }
    return granted(subject)
        .map(grant -> Verdict.allows("turned on " + said(grant.answerer(), grant.at())))
        .orElseGet(() -> Verdict.silent("not answered by shell, API or web page"));
  }

  /** The newest grant. */
  Optional<Grant> granted(Subject subject) {
    return Optional.ofNullable(granted.get(subject));
  }

  /** The newest grant that has to wait for another grace period, unless an answer came after it. */
  Optional<Grant> waiting(Subject subject) {
    return Optional.ofNullable(waiting.get(subject));
  }

  /** What a layer of another bundle said last. */
  Optional<Verdict> heard(String layer, Purpose purpose) {
    return Optional.ofNullable(heard.get(RememberedDecision.key(layer, purpose)))
        .map(RememberedDecision::verdict);
  }

  /** The denials of a layer that stand, oldest first. */
  List<Denial> stage(Subject subject, String origin) {
    return stage.getOrDefault(subject, List.of()).stream()
        .filter(denial -> denial.origin().equals(origin))
        .toList();
  }

  /** The layers whose denials stand. */
  List<String> origins(Subject subject) {
    return stage.getOrDefault(subject, List.of()).stream().map(Denial::origin).distinct().toList();
  }

  private static String why(Denial denial) {
    return denial.why().isEmpty()
        ? "turned off " + said(denial.answerer(), denial.at())
        : denial.why();
  }

  /** By whom, by which way and when. */
  static String said(Answerer answerer, Instant at) {
    return (answerer.by().isEmpty() ? "" : "by " + answerer.by() + " ")
        + surface(answerer.way())
        + (answerer.address().isEmpty() ? "" : " from " + answerer.address())
        + " at "
        + at.truncatedTo(ChronoUnit.SECONDS);
  }

  private static String surface(Way way) {
    if (way.equals(Way.SHELL)) {
      return "in the shell";
    }
    if (way.equals(Way.PAGE)) {
      return "on the web page";
    }
    if (way.equals(Way.HTTP)) {
      return "over HTTP";
    }
    if (way.equals(Way.FILE)) {
      return "in " + ConfiguredLayer.FILE;
    }
    return "through " + (way.equals(Way.REMOVED_LAYER) ? "a " : "") + way.label();
  }
}
