package org.candor.core.disclosure;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;

/**
 * Field filter: which fields of a catalogue must not leave yet.
 *
 * @param catalogue all that there are
 * @param until when each of those that must not leave may, by name
 */
public record WithheldFields(FieldCatalogue catalogue, Map<String, Instant> until) {

  public WithheldFields {
    until = Map.copyOf(until);
  }

  /** All may leave. */
  public static WithheldFields nothing(FieldCatalogue catalogue) {
    return new WithheldFields(catalogue, Map.of());
  }

  /**
   * The facts of the fields that may leave. Without a fact a field can at most stand there empty.
   */
  public Set<String> facts() {
    return catalogue.fields().stream()
        .filter(this::mayLeave)
        .flatMap(field -> field.facts().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Until when nothing at all may leave, since a field would leave whichever facts were held back:
   * one that is made from none, or from one that an older field is made from too.
   */
  public Optional<Instant> hold() {
    Set<String> open = facts();
    return catalogue.fields().stream()
        .filter(field -> !mayLeave(field))
        .filter(field -> field.facts().isEmpty() || !Collections.disjoint(field.facts(), open))
        .map(field -> until.get(field.name()))
        .max(Instant::compareTo);
  }

  /** Until when nothing at all may leave: for what adds its fields to all messages. */
  public Optional<Instant> heldByAny() {
    return until.values().stream().max(Instant::compareTo);
  }

  /** Those that must not leave yet. */
  public List<Field> fields() {
    return catalogue.fields().stream().filter(field -> !mayLeave(field)).toList();
  }

  /** When it may leave; empty when it may already. */
  public Optional<Instant> until(Field field) {
    return Optional.ofNullable(until.get(field.name()));
  }

  private boolean mayLeave(Field field) {
    return !until.containsKey(field.name());
  }
}
