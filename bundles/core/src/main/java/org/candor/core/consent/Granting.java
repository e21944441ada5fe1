package org.candor.core.consent;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.control.Answered.Refused;
import org.candor.control.Answerer;
import org.candor.control.Explanation;

/**
 * Revocation of denials: makes the grants of one answer; each names the denials that it takes back,
 * and one for a purpose that something forbids all the same is refused. Not thread-safe.
 */
final class Granting {

  private final Decider decider;
  private final Function<AnswerBook, AnswersLayer> layers;
  private final Optional<Instant> copied;
  private final Clock clock;
  private final List<Grant> grants = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private final List<Subject> accepted = new ArrayList<>();
  private AnswerBook book;

  /**
   * @param layers works out what a book comes to
   * @param copied when this was seen to be a copy of another installation
   * @param book what is known
   */
  Granting(
      Decider decider,
      Function<AnswerBook, AnswersLayer> layers,
      Optional<Instant> copied,
      Clock clock,
      AnswerBook book) {
    this.decider = decider;
    this.layers = layers;
    this.copied = copied;
    this.clock = clock;
    this.book = book;
  }

  /**
   * Grants a purpose or channel, or refuses to.
   *
   * @param asked what was known when it was asked for: no denial that came later is taken back
   */
  void ask(Subject subject, Answerer answerer, AnswerBook asked) {
    Optional<Grant> grant = grant(subject, answerer, asked);
    AnswerBook granted = book.withGrants(grant.stream().toList());
    Optional<Refused> no = subject.purpose().flatMap(purpose -> refused(purpose, granted));
    if (no.isPresent()) {
      refused.add(no.get());
    } else {
      accepted.add(subject);
      grant.ifPresent(grants::add);
      book = granted;
    }
  }

  /** What is known with the grants. */
  AnswerBook book() {
    return book;
  }

  List<Grant> grants() {
    return List.copyOf(grants);
  }

  List<Refused> refused() {
    return List.copyOf(refused);
  }

  /** Everything that is granted, also where that changes nothing. */
  List<Subject> accepted() {
    return List.copyOf(accepted);
  }

  /** Takes back what was answered before, and what its origin does not say any more. */
  private Optional<Grant> grant(Subject subject, Answerer answerer, AnswerBook asked) {
    Set<String> ids =
        book.stage(subject).stream()
            .filter(denial -> isTakenBack(denial, subject, asked))
            .map(Denial::id)
            .collect(Collectors.toSet());
    AnswersLayer layer = layers.apply(book);
    Optional<String> waiting = layer.waiting(subject).map(Grant::id);
    boolean isAnswered = layer.granted(subject).isPresent() && waiting.isEmpty();
    if (ids.isEmpty() && (isAnswered || subject.channel().isPresent())) {
      return Optional.empty();
    }
    // Named, since times do not show what came later once a clock was set back.
    waiting.ifPresent(ids::add);
    return Optional.of(
        new Grant(
            UUID.randomUUID().toString(), subject, AnswersLayer.NAME, answerer, now(), ids, false));
  }

  /** After this was seen to be a copy, whatever the clock says, so that it counts. */
  private Instant now() {
    Instant now = clock.instant();
    return copied.map(copy -> copy.plusMillis(1)).filter(now::isBefore).orElse(now);
  }

  private boolean isTakenBack(Denial denial, Subject subject, AnswerBook asked) {
    return denial.origin().equals(AnswersLayer.NAME)
        ? asked.denials().containsKey(denial.id())
        : subject.purpose().filter(purpose -> decider.isPast(denial.origin(), purpose)).isPresent();
  }

  private Optional<Refused> refused(Purpose purpose, AnswerBook granted) {
    Explanation explanation = decider.explain(purpose, layers.apply(granted));
    return explanation.allowed()
        ? Optional.empty()
        : explanation.layers().stream()
            .filter(word -> word.verdict() == LayerAnswer.FORBIDS)
            .findFirst()
            .map(word -> new Refused(purpose, word.layer(), word.why()));
  }
}
