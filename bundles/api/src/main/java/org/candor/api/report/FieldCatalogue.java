package org.candor.api.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  /**
   * The fields of both, such as those of a formatter and those that a sink puts around them. Of two
   * that are read alike and have the same name there is one that says what both say.
   */
  public FieldCatalogue and(FieldCatalogue other) {
    List<Field> both = new ArrayList<>(fields);
    for (Field field : other.fields) {
      OptionalInt alike =
          IntStream.range(0, both.size()).filter(i -> both.get(i).isReadLike(field)).findFirst();
      alike.ifPresentOrElse(i -> both.set(i, both.get(i).and(field)), () -> both.add(field));
    }
    return new FieldCatalogue(both);
  }

  /** Whether any field covers the name. */
  public boolean covers(String emitted) {
    return fields.stream().anyMatch(field -> field.covers(emitted));
  }
}
