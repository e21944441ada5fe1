package org.candor.core.consent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Explanation;
import org.candor.control.Explanation.LayerExplanation;

/**
 * Deny-overrides policy: combines what all layers say now with the denials that stand; the
 * strictest wins. A live denial counts at once, whether or not it is written down; one that is
 * written down counts until a grant names it, whatever its layer says now.
 */
final class Decider {

  static final String NOBODY = "default";

  /** The layers that are core's own, and always here. */
  static final Set<String> OWN =
      Set.of(
          NOBODY, AnswersLayer.NAME, EnvironmentLayer.NAME, ConfiguredLayer.NAME, ParentLayer.NAME);

  private final ConfiguredLayer file;
  private final EnvironmentLayer environment;
  private final ParentLayer parent;
  private final Layers layers;

  Decider(ConfiguredLayer file, EnvironmentLayer environment, ParentLayer parent, Layers layers) {
    this.file = file;
    this.environment = environment;
    this.parent = parent;
    this.layers = layers;
  }

  /** All settings for a purpose. */
  Explanation explain(Purpose purpose, AnswersLayer answers) {
    return explanation(purpose, verdicts(purpose, answers));
  }

  /** The same for one channel, which can be off by name. */
  Explanation explain(Purpose purpose, Subject channel, AnswersLayer answers) {
    Map<String, Ruled> verdicts = verdicts(purpose, answers);
    Verdict own = answers.verdict(channel);
    if (own.answer() == LayerAnswer.FORBIDS) {
      Verdict shown =
          new Verdict(
              own.answer(),
              channel.name() + " was " + own.why() + "; telemetry:enable " + channel.name());
      verdicts.merge(AnswersLayer.NAME, new Ruled(shown, true), Ruled::stricter);
    }
    parent
        .verdict(channel)
        .filter(verdict -> verdict.answer() == LayerAnswer.FORBIDS)
        .ifPresent(
            verdict -> verdicts.merge(ParentLayer.NAME, new Ruled(verdict, true), Ruled::stricter));
    return explanation(purpose, verdicts);
  }

  private Map<String, Ruled> verdicts(Purpose purpose, AnswersLayer answers) {
    Subject subject = Subject.of(purpose);
    Map<String, Ruled> verdicts = new TreeMap<>();
    Verdict own = answers.verdict(subject);
    verdicts.put(AnswersLayer.NAME, new Ruled(own, true, own.answer() == LayerAnswer.FORBIDS));
    verdicts.put(
        EnvironmentLayer.NAME,
        ruled(answers, subject, EnvironmentLayer.NAME, environment.verdict(purpose), true));
    Verdict live = live(purpose, answers);
    Ruled written = ruled(answers, subject, ConfiguredLayer.NAME, live, true);
    boolean isOptIn = live.why().equals(ConfiguredLayer.optIn());
    verdicts.put(ConfiguredLayer.NAME, isOptIn ? new Ruled(written.verdict, true, true) : written);
    parent
        .verdict(subject)
        .ifPresent(verdict -> verdicts.put(ParentLayer.NAME, new Ruled(verdict, false)));
    for (String name : others(answers, subject)) {
      other(answers, purpose, name).ifPresent(ruled -> verdicts.put(name, ruled));
    }
    return verdicts;
  }

  /** Whether a layer is available and does not forbid now, so that its own denial is a past one. */
  boolean isPast(String origin, Purpose purpose) {
    return switch (origin) {
      case ConfiguredLayer.NAME -> file.verdict(purpose).answer() != LayerAnswer.FORBIDS;
      case EnvironmentLayer.NAME -> environment.verdict(purpose).answer() != LayerAnswer.FORBIDS;
      default ->
          layers
              .ask(origin, purpose)
              .filter(Layers.Said::present)
              .map(said -> said.verdict().answer())
              .filter(word -> word == LayerAnswer.FORBIDS || word == LayerAnswer.UNKNOWN)
              .isEmpty();
    };
  }

  /**
   * What the file says now. Where it makes silence a denial, and nobody has answered by any other
   * way, it forbids.
   */
  Verdict live(Purpose purpose, AnswersLayer answers) {
    Verdict written = file.verdict(purpose);
    boolean isOptIn =
        written.answer() == LayerAnswer.SILENT && file.unanswered().filter(yes -> !yes).isPresent();
    return isOptIn && !isAnswered(purpose, answers)
        ? Verdict.forbids(ConfiguredLayer.optIn())
        : written;
  }

  private boolean isAnswered(Purpose purpose, AnswersLayer answers) {
    return answers.granted(Subject.of(purpose)).isPresent()
        || layers.names().stream()
            .flatMap(name -> layers.ask(name, purpose).stream())
            .anyMatch(
                said ->
                    said.present()
                        && said.answers()
                        && said.verdict().answer() == LayerAnswer.ALLOWS);
  }

  private List<String> others(AnswersLayer answers, Subject subject) {
    TreeSet<String> names = new TreeSet<>(layers.names());
    names.addAll(answers.origins(subject));
    names.removeAll(OWN);
    return List.copyOf(names);
  }

  private Optional<Ruled> other(AnswersLayer answers, Purpose purpose, String name) {
    Subject subject = Subject.of(purpose);
    Optional<Layers.Said> said = layers.ask(name, purpose);
    if (said.filter(Layers.Said::present).isEmpty()) {
      return absent(answers, subject, name, said);
    }
    Verdict live = said.get().verdict();
    boolean isAnswer = said.get().answers();
    return Optional.of(
        live.answer() == LayerAnswer.UNKNOWN
            ? new Ruled(unknown(answers, purpose, name, live), isAnswer)
            : ruled(answers, subject, name, live, isAnswer));
  }

  private static Optional<Ruled> absent(
      AnswersLayer answers, Subject subject, String name, Optional<Layers.Said> said) {
    List<Denial> stage = answers.stage(subject, name);
    if (!stage.isEmpty()) {
      return Optional.of(
          new Ruled(
              Verdict.forbids(
                  why(stage.get(stage.size() - 1))
                      + "; it is not installed now, and its denial counts until telemetry:enable "
                      + subject.name()),
              true,
              true));
    }
    // What was said by a layer that went is written down a moment later.
    return said.filter(last -> last.verdict().answer() == LayerAnswer.FORBIDS)
        .map(last -> new Ruled(last.verdict(), true));
  }

  /** What an available layer says, unless a denial of its own stands. */
  private static Ruled ruled(
      AnswersLayer answers, Subject subject, String name, Verdict live, boolean isAnswer) {
    List<Denial> stage = answers.stage(subject, name);
    if (live.answer() == LayerAnswer.FORBIDS || stage.isEmpty()) {
      return new Ruled(live, isAnswer);
    }
    Denial last = stage.get(stage.size() - 1);
    return new Ruled(
        Verdict.forbids(
            live.answer() == LayerAnswer.ALLOWS
                ? live.why() + " was seen, and will take back: " + why(last)
                : why(last) + "; counts until telemetry:enable " + subject.name()),
        isAnswer,
        true);
  }

  /** What a layer that is unavailable now said before, when that was about the same target. */
  private static Verdict unknown(AnswersLayer answers, Purpose purpose, String name, Verdict live) {
    List<Denial> stage = answers.stage(Subject.of(purpose), name);
    if (!stage.isEmpty()) {
      return Verdict.forbids(live.why() + "; last it said: " + why(stage.get(stage.size() - 1)));
    }
    return answers
        .heard(name, purpose)
        .filter(last -> last.target().equals(live.target()) && last.answer() != LayerAnswer.FORBIDS)
        .map(last -> new Verdict(last.answer(), live.why() + "; last it said: " + last.why()))
        .orElseGet(() -> Verdict.forbids(live.why() + ", so that its setting is unknown"));
  }

  /** What was said, and since when; or until when, if its origin does not say so any more. */
  static String why(Denial denial) {
    return (denial.why().isEmpty()
            ? "turned off " + AnswersLayer.said(denial.answerer(), denial.at())
            : denial.why() + ", since " + seconds(denial.at()))
        + denial.vanished().map(at -> ", gone since " + seconds(at)).orElse("");
  }

  static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static Explanation explanation(Purpose purpose, Map<String, Ruled> verdicts) {
    List<LayerExplanation> words = new ArrayList<>();
    verdicts.forEach(
        (name, ruled) ->
            words.add(
                new LayerExplanation(
                    name, ruled.verdict.answer(), ruled.verdict.why(), ruled.yields)));
    words.sort(
        Comparator.comparing((LayerExplanation word) -> strictness(word.verdict()))
            .thenComparing(LayerExplanation::layer));
    boolean allowed = words.stream().noneMatch(word -> word.verdict() == LayerAnswer.FORBIDS);
    String decidedBy =
        words.stream()
            .filter(word -> word.verdict() == (allowed ? LayerAnswer.ALLOWS : LayerAnswer.FORBIDS))
            .filter(word -> !allowed || verdicts.get(word.layer()).answers)
            .findFirst()
            .map(LayerExplanation::layer)
            .orElse(NOBODY);
    return new Explanation(purpose, allowed, decidedBy, words);
  }

  static boolean isStricter(Verdict one, Verdict other) {
    return strictness(one.answer()) <= strictness(other.answer());
  }

  private static int strictness(LayerAnswer word) {
    return switch (word) {
      case FORBIDS -> 0;
      case UNKNOWN -> 1;
      case ALLOWS -> 2;
      case SILENT -> 3;
    };
  }

  /**
   * @param answers whether what it allows is the owner's answer; if not, it only takes back what
   *     the same layer forbade
   * @param yields whether a grant takes it back
   */
  private record Ruled(Verdict verdict, boolean answers, boolean yields) {

    private Ruled(Verdict verdict, boolean answers) {
      this(verdict, answers, false);
    }

    private Ruled stricter(Ruled other) {
      return isStricter(verdict, other.verdict) ? this : other;
    }
  }
}
