package org.candor.api.report;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The exhaustive list of what a formatter or a sink may emit. The channel hands a formatter only
 * the facts named here, so a report cannot hold anything else.
 */
public record FieldCatalogue(List<Field> fields) {

  private static final FieldCatalogue EMPTY = new FieldCatalogue(List.of());

  public FieldCatalogue {
    fields = List.copyOf(fields);
  }

  public static FieldCatalogue empty() {
    return EMPTY;
  }

  /** The names of all facts that any field is made from. */
  public Set<String> facts() {
    return fields.stream()
        .flatMap(field -> field.facts().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether any field covers the name. */
  public boolean covers(String emitted) {
    return fields.stream().anyMatch(field -> field.covers(emitted));
  }
}
