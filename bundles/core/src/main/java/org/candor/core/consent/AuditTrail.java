package org.candor.core.consent;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.candor.api.consent.Purpose;
import org.candor.control.Answerer;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Way;

/**
 * Audit trail: what goes on record: every denial and grant, and every change of what is allowed
 * that comes from neither, such as a layer that went. Not thread-safe.
 */
final class AuditTrail {

  private final DecisionAudit decisions;
  private final LayerRecorder recorder;
  private final Layers layers;
  private final Clock clock;

  AuditTrail(DecisionAudit decisions, LayerRecorder recorder, Layers layers, Clock clock) {
    this.decisions = decisions;
    this.recorder = recorder;
    this.layers = layers;
    this.clock = clock;
  }

  /**
   * The book with the changes that are to be recorded.
   *
   * @param before what was known before
   * @param now what is known since
   * @param denials those that are new
   * @param grants those that are new
   */
  AnswerBook record(AnswerBook before, AnswerBook now, List<Denial> denials, List<Grant> grants) {
    Map<Purpose, Decision> decided = new EnumMap<>(Purpose.class);
    List<ConsentChange> changes = new ArrayList<>();
    for (Purpose purpose : Purpose.values()) {
      Decision was = before.decision(purpose);
      Decision is = decisions.decide(purpose, now, before);
      List<ConsentChange> given = given(purpose, was, is, denials, grants);
      changes.addAll(given);
      if (given.isEmpty() && was.state() != is.state()) {
        changes.add(
            change(
                UUID.randomUUID().toString(),
                Subject.of(purpose),
                was.state(),
                is.state(),
                recorder.answerer(way(was, is))));
      }
      if (!was.equals(is)) {
        decided.put(purpose, is);
      }
    }
    channels(before, denials, grants).forEach(changes::add);
    return now.withChanges(decided, changes);
  }

  private List<ConsentChange> given(
      Purpose purpose, Decision was, Decision is, List<Denial> denials, List<Grant> grants) {
    Subject subject = Subject.of(purpose);
    return Stream.concat(
            denials.stream()
                .filter(denial -> denial.subject().equals(subject))
                .map(
                    denial ->
                        change(denial.id(), subject, was.state(), is.state(), denial.answerer())),
            grants.stream()
                .filter(grant -> grant.subject().equals(subject))
                .map(
                    grant ->
                        change(grant.id(), subject, was.state(), is.state(), grant.answerer())))
        .toList();
  }

  private Stream<ConsentChange> channels(
      AnswerBook before, List<Denial> denials, List<Grant> grants) {
    return Stream.concat(
        denials.stream()
            .filter(denial -> denial.subject().channel().isPresent())
            .map(
                denial ->
                    change(
                        denial.id(),
                        denial.subject(),
                        before.grants().values().stream()
                                .anyMatch(grant -> grant.subject().equals(denial.subject()))
                            ? ConsentState.GRANT
                            : ConsentState.UNSET,
                        ConsentState.DENIAL,
                        denial.answerer())),
        grants.stream()
            .filter(grant -> grant.subject().channel().isPresent())
            .map(
                grant ->
                    change(
                        grant.id(),
                        grant.subject(),
                        ConsentState.DENIAL,
                        ConsentState.GRANT,
                        grant.answerer())));
  }

  private Way way(Decision was, Decision is) {
    if (is.state() != ConsentState.UNSET) {
      return way(is.decidedBy());
    }
    return layers.hasLeft(was.decidedBy()) ? Way.REMOVED_LAYER : way(was.decidedBy());
  }

  private static Way way(String layer) {
    return layer.equals(ConfiguredLayer.NAME) ? Way.FILE : new Way(layer);
  }

  private ConsentChange change(
      String id, Subject subject, ConsentState from, ConsentState to, Answerer answerer) {
    return new ConsentChange(
        id,
        clock.instant(),
        subject.purpose(),
        subject.channel(),
        from,
        to,
        answerer.way(),
        answerer.by(),
        answerer.address());
  }

  /** One line for people. */
  static String sentence(ConsentChange change, Optional<String> why) {
    String subject = change.channel().orElseGet(() -> change.purpose().orElseThrow().label());
    String state =
        switch (change.to()) {
          case DENIAL -> change.from() == ConsentState.DENIAL ? "stays off" : "is off now";
          case GRANT -> change.from() == ConsentState.GRANT ? "stays on" : "is on now";
          case UNSET -> "is no longer answered";
        };
    return subject
        + " "
        + state
        + (change.to() == ConsentState.UNSET ? ": taken back " : ": answered ")
        + AnswersLayer.said(new Answerer(change.way(), change.by(), change.address()), change.at())
        + why.map(text -> " (" + text + ")").orElse("")
        + ".";
  }
}
