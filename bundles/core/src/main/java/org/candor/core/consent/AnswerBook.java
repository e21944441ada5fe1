package org.candor.core.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.consent.Purpose;
import org.candor.control.ConsentChange;

/**
 * Grow-only set (a state-based CRDT): every denial and grant that is known, grants being the
 * tombstones of the denials that they name. Two books merge by union, which is commutative and
 * idempotent, so that whichever copies come together, a denial that no grant names stands, and no
 * order of them makes it a grant. Immutable.
 *
 * @param denials by id
 * @param grants by id
 * @param remembered what layers of other bundles said last, by layer and purpose
 * @param decisions what was last decided for each purpose, and is on record
 * @param unrecorded changes that the journal does not have yet, oldest first
 * @param foreign lines of a later version, kept as they are
 */
record AnswerBook(
    Map<String, Denial> denials,
    Map<String, Grant> grants,
    Map<String, RememberedDecision> remembered,
    Map<Purpose, Decision> decisions,
    List<ConsentChange> unrecorded,
    Set<String> foreign) {

  /** So many denials that were taken back are kept, with the grants that did it. */
  private static final int MOST_SPENT = 200;

  static final AnswerBook EMPTY =
      new AnswerBook(Map.of(), Map.of(), Map.of(), Map.of(), List.of(), Set.of());

  AnswerBook {
    denials = Map.copyOf(denials);
    grants = Map.copyOf(grants);
    remembered = Map.copyOf(remembered);
    decisions = Map.copyOf(decisions);
    unrecorded = List.copyOf(unrecorded);
    foreign = Set.copyOf(foreign);
  }

  /** All denials that no grant names, oldest first. */
  Stream<Denial> stage() {
    Set<String> spent = spent();
    return denials.values().stream()
        .filter(denial -> !spent.contains(denial.id()))
        .sorted(Comparator.comparing(Denial::at).thenComparing(Denial::id));
  }

  List<Denial> stage(Subject subject) {
    return stage().filter(denial -> denial.subject().equals(subject)).toList();
  }

  List<Denial> stage(Subject subject, String origin) {
    return stage()
        .filter(denial -> denial.subject().equals(subject) && denial.origin().equals(origin))
        .toList();
  }

  private Set<String> spent() {
    return grants.values().stream()
        .flatMap(grant -> grant.takesBack().stream())
        .collect(Collectors.toSet());
  }

  /**
   * The newest grant of a layer.
   *
   * @param after only grants given later count; those of an original do not count for its copy
   */
  Optional<Grant> grant(Subject subject, String origin, Optional<Instant> after) {
    return grants.values().stream()
        .filter(grant -> grant.subject().equals(subject) && grant.origin().equals(origin))
        .filter(grant -> after.filter(time -> !grant.at().isAfter(time)).isEmpty())
        .max(Comparator.comparing(Grant::at).thenComparing(Grant::id));
  }

  AnswerBook withDenials(Collection<Denial> more) {
    Map<String, Denial> all = new LinkedHashMap<>(denials);
    for (Denial denial : more) {
      // What vanished and was said again counts once.
      stage(denial.subject(), denial.origin()).stream()
          .filter(old -> old.vanished().isPresent())
          .forEach(old -> all.remove(old.id()));
      all.put(denial.id(), denial);
    }
    return new AnswerBook(all, grants, remembered, decisions, unrecorded, foreign);
  }

  /** With these in place of those with the same ids. */
  AnswerBook withReplaced(Collection<Denial> changed) {
    Map<String, Denial> all = new LinkedHashMap<>(denials);
    changed.forEach(denial -> all.computeIfPresent(denial.id(), (id, before) -> denial));
    return new AnswerBook(all, grants, remembered, decisions, unrecorded, foreign);
  }

  AnswerBook withGrants(Collection<Grant> more) {
    Map<String, Grant> all = new LinkedHashMap<>(grants);
    more.forEach(grant -> all.put(grant.id(), grant));
    return new AnswerBook(denials, all, remembered, decisions, unrecorded, foreign);
  }

  AnswerBook withRemembered(Collection<RememberedDecision> more) {
    Map<String, RememberedDecision> all = new TreeMap<>(remembered);
    more.forEach(one -> all.put(one.key(), one));
    return new AnswerBook(denials, grants, all, decisions, unrecorded, foreign);
  }

  /** With what was decided, and the changes that are to be put on record. */
  AnswerBook withChanges(Map<Purpose, Decision> decided, List<ConsentChange> changes) {
    Map<Purpose, Decision> all = new EnumMap<>(Purpose.class);
    all.putAll(decisions);
    all.putAll(decided);
    return new AnswerBook(
        denials,
        grants,
        remembered,
        all,
        Stream.concat(unrecorded.stream(), changes.stream()).toList(),
        foreign);
  }

  AnswerBook withoutUnrecorded(Set<String> ids) {
    return new AnswerBook(
        denials,
        grants,
        remembered,
        decisions,
        unrecorded.stream().filter(change -> !ids.contains(change.id())).toList(),
        foreign);
  }

  Decision decision(Purpose purpose) {
    return decisions.getOrDefault(purpose, Decision.NONE);
  }

  AnswerBook withoutDenials(Set<String> ids) {
    Map<String, Denial> some = new LinkedHashMap<>(denials);
    some.keySet().removeAll(ids);
    return new AnswerBook(some, grants, remembered, decisions, unrecorded, foreign);
  }

  /** All that either knows; where both know something of a layer or decision, this one's. */
  AnswerBook merge(AnswerBook other) {
    Map<String, Denial> allDenials = new LinkedHashMap<>(other.denials);
    denials.forEach(
        (id, denial) ->
            allDenials.merge(id, denial, (one, two) -> one.vanished().isPresent() ? one : two));
    Map<String, Grant> allGrants = new LinkedHashMap<>(other.grants);
    allGrants.putAll(grants);
    Map<String, RememberedDecision> allRemembered = new TreeMap<>(other.remembered);
    allRemembered.putAll(remembered);
    Map<Purpose, Decision> allDecisions = new EnumMap<>(Purpose.class);
    allDecisions.putAll(other.decisions);
    allDecisions.putAll(decisions);
    Map<String, ConsentChange> changes = new LinkedHashMap<>();
    Stream.concat(other.unrecorded.stream(), unrecorded.stream())
        .sorted(Comparator.comparing(ConsentChange::at))
        .forEach(change -> changes.put(change.id(), change));
    Set<String> allForeign = new HashSet<>(other.foreign);
    allForeign.addAll(foreign);
    return new AnswerBook(
        allDenials,
        allGrants,
        allRemembered,
        allDecisions,
        new ArrayList<>(changes.values()),
        allForeign);
  }

  /**
   * Without the oldest denials that were taken back, and the grants that do no more than that. What
   * is left out and comes back with an old copy stands again, which is the safe side.
   */
  AnswerBook pruned() {
    Set<String> spent = spent();
    List<Denial> oldest =
        denials.values().stream()
            .filter(denial -> spent.contains(denial.id()))
            .sorted(Comparator.comparing(Denial::at))
            .toList();
    Set<String> gone =
        oldest.stream()
            .limit(Math.max(0, oldest.size() - MOST_SPENT))
            .map(Denial::id)
            .collect(Collectors.toSet());
    return gone.isEmpty() ? this : without(gone);
  }

  private AnswerBook without(Set<String> gone) {
    Set<String> newest =
        grants.values().stream()
            .collect(
                Collectors.groupingBy(
                    grant -> grant.subject() + " " + grant.origin(),
                    Collectors.maxBy(Comparator.comparing(Grant::at).thenComparing(Grant::id))))
            .values()
            .stream()
            .flatMap(Optional::stream)
            .map(Grant::id)
            .collect(Collectors.toSet());
    return new AnswerBook(
        denials.values().stream()
            .filter(denial -> !gone.contains(denial.id()))
            .collect(Collectors.toMap(Denial::id, denial -> denial)),
        grants.values().stream()
            .filter(
                grant ->
                    newest.contains(grant.id())
                        || grant.takesBack().stream()
                            .anyMatch(id -> denials.containsKey(id) && !gone.contains(id)))
            .collect(Collectors.toMap(Grant::id, grant -> grant)),
        remembered,
        decisions,
        unrecorded,
        foreign);
  }
}
