package org.candor.core.consent;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Answerer;
import org.candor.control.Way;

/**
 * Reconciliation: compares what the layers say with what is written down of them: a denial is
 * remembered from the moment when it is seen, and only the layer that gave it takes it back by
 * itself. Not thread-safe.
 */
final class LayerRecorder {

  private final ConfiguredLayer file;
  private final EnvironmentLayer environment;
  private final Layers layers;
  private final Decider decider;
  private final Clock clock;

  LayerRecorder(
      ConfiguredLayer file,
      EnvironmentLayer environment,
      Layers layers,
      Decider decider,
      Clock clock) {
    this.file = file;
    this.environment = environment;
    this.layers = layers;
    this.decider = decider;
    this.clock = clock;
  }

  /**
   * What is to be written down.
   *
   * @param book all that will be known
   * @param denials those that are new in it
   * @param grants those that are new in it
   * @param gone what layers said that went; once it is written down it need not be kept in memory
   * @param warnings one for each denial whose origin does not say so any more, and each grant that
   *     has to wait
   */
  record Recorded(
      AnswerBook book,
      List<Denial> denials,
      List<Grant> grants,
      List<RememberedDecision> gone,
      List<String> warnings) {}

  /**
   * Compares all layers; writes nothing.
   *
   * @param answers what the book comes to
   */
  Recorded compare(AnswerBook book, AnswersLayer answers) {
    Notes notes = new Notes(book);
    for (Purpose purpose : Purpose.values()) {
      notes.note(
          purpose,
          EnvironmentLayer.NAME,
          environment.verdict(purpose),
          Answerer.unknown(Way.ENVIRONMENT),
          false);
      if (file.isKnown()) {
        notes.note(
            purpose,
            ConfiguredLayer.NAME,
            decider.live(purpose, answers),
            file.owner(),
            isOptOut(purpose));
      }
      for (String name : layers.names()) {
        layers.ask(name, purpose).ifPresent(said -> notes.note(purpose, name, said));
      }
    }
    return notes.recorded();
  }

  /** Whoever answers by this way, as far as that is known. */
  Answerer answerer(Way way) {
    return way.equals(Way.FILE) ? file.owner() : Answerer.unknown(way);
  }

  /** Said expressly, so that it takes back the file's own opt-in. */
  private boolean isOptOut(Purpose purpose) {
    return file.unanswered().orElse(false) && file.verdict(purpose).answer() == LayerAnswer.SILENT;
  }

  private final class Notes {

    private final AnswerBook book;
    private final Instant now = clock.instant();
    private final List<Denial> denials = new ArrayList<>();
    private final List<Denial> changed = new ArrayList<>();
    private final List<Grant> grants = new ArrayList<>();
    private final List<RememberedDecision> heard = new ArrayList<>();
    private final List<RememberedDecision> gone = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Notes(AnswerBook book) {
      this.book = book;
    }

    private Recorded recorded() {
      return new Recorded(
          book.withDenials(denials).withReplaced(changed).withGrants(grants).withRemembered(heard),
          List.copyOf(denials),
          List.copyOf(grants),
          List.copyOf(gone),
          List.copyOf(warnings));
    }

    private void note(Purpose purpose, String name, Layers.Said said) {
      Verdict verdict = said.verdict();
      Answerer answerer = Answerer.unknown(new Way(name));
      if (said.present()) {
        hear(new RememberedDecision(name, purpose, verdict));
        note(purpose, name, verdict, answerer, false);
      } else {
        if (verdict.answer() == LayerAnswer.FORBIDS) {
          hear(new RememberedDecision(name, purpose, verdict));
          note(purpose, name, verdict, answerer, false);
        }
        vanished(purpose, name, "the layer is no longer installed");
        gone.add(new RememberedDecision(name, purpose, verdict));
      }
    }

    private void hear(RememberedDecision one) {
      Optional<RememberedDecision> before = Optional.ofNullable(book.remembered().get(one.key()));
      if (one.verdict().answer() != LayerAnswer.UNKNOWN && before.filter(one::isSame).isEmpty()) {
        heard.add(one);
      }
    }

    private void note(
        Purpose purpose, String name, Verdict verdict, Answerer answerer, boolean isOptOut) {
      switch (verdict.answer()) {
        case FORBIDS -> forbids(purpose, name, verdict, answerer);
        case ALLOWS -> takeBack(purpose, name, verdict.why(), answerer, stage -> true);
        case SILENT -> {
          if (isOptOut) {
            takeBack(
                purpose,
                name,
                "unanswered = yes in " + ConfiguredLayer.FILE,
                answerer,
                denial -> denial.why().equals(ConfiguredLayer.optIn()));
          }
          vanished(purpose, name, verdict.why());
        }
        case UNKNOWN -> {
          // What it said before counts on.
        }
      }
    }

    private void forbids(Purpose purpose, String name, Verdict verdict, Answerer answerer) {
      Subject subject = Subject.of(purpose);
      boolean isKnown =
          book.stage(subject, name).stream().anyMatch(denial -> denial.vanished().isEmpty());
      if (!isKnown) {
        denials.add(
            new Denial(
                UUID.randomUUID().toString(),
                subject,
                name,
                answerer,
                now,
                verdict.why(),
                Optional.empty()));
      }
    }

    private void takeBack(
        Purpose purpose, String name, String why, Answerer answerer, Predicate<Denial> which) {
      Subject subject = Subject.of(purpose);
      Set<String> ids =
          book.stage(subject, name).stream()
              .filter(which)
              .map(Denial::id)
              .collect(Collectors.toSet());
      if (!ids.isEmpty()) {
        boolean waits = name.equals(ConfiguredLayer.NAME);
        grants.add(
            new Grant(UUID.randomUUID().toString(), subject, name, answerer, now, ids, waits));
        if (waits) {
          warnings.add(
              why
                  + " replaces what this file said before: "
                  + subject.name()
                  + " is on again from "
                  + Decider.seconds(now.plus(file.grace()))
                  + ". telemetry:enable "
                  + subject.name()
                  + " confirms it at once, telemetry:disable "
                  + subject.name()
                  + " turns it off.");
        }
      }
    }

    private void vanished(Purpose purpose, String name, String why) {
      Set<String> spent =
          grants.stream().flatMap(grant -> grant.takesBack().stream()).collect(Collectors.toSet());
      book.stage(Subject.of(purpose), name).stream()
          .filter(denial -> denial.vanished().isEmpty() && !spent.contains(denial.id()))
          .forEach(
              denial -> {
                changed.add(denial.vanished(now));
                warnings.add(
                    purpose.label()
                        + " stays off although what turned it off is gone ("
                        + denial.why()
                        + ", since "
                        + Decider.seconds(denial.at())
                        + "; now: "
                        + why
                        + "). telemetry:enable "
                        + purpose.label()
                        + " turns it on.");
              });
    }
  }
}
