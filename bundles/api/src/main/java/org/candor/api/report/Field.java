package org.candor.api.report;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that may leave.
 *
 * @param name as it stands in the message; {@code *} stands for any text, {@code []} for the
 *     entries of a list
 * @param type of the value
 * @param unit of the value, such as {@code nodes} or {@code MB}; empty when it has none
 * @param meaning what it says
 * @param why what the vendor does with it
 * @param sensitivity what it tells about the owner
 * @param since the version of Candor that added it
 * @param facts names of the facts that it is made from; empty when it is made from none
 */
public record Field(
    String name,
    FieldType type,
    String unit,
    String meaning,
    String why,
    Sensitivity sensitivity,
    String since,
    Set<String> facts) {

  public Field {
    facts = Set.copyOf(facts);
  }

  /** Whether the field is the one of this name, or its pattern covers it. */
  public boolean covers(String emitted) {
    if (name.indexOf('*') < 0) {
      return name.equals(emitted);
    }
    String pattern =
        Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return emitted.matches("(?s)" + pattern);
  }

  /** Whether nothing in a message tells one of the other but the place where it stands. */
  boolean isReadLike(Field other) {
    return name.equals(other.name)
        && type == other.type
        && unit.equals(other.unit)
        && since.equals(other.since);
  }

  /** What stands for this and one that is read like it. */
  Field and(Field other) {
    Set<String> ofBoth = new HashSet<>(facts);
    ofBoth.addAll(other.facts);
    return new Field(
        name,
        type,
        unit,
        both(meaning, other.meaning),
        both(why, other.why),
        sensitivity.compareTo(other.sensitivity) < 0 ? other.sensitivity : sensitivity,
        since,
        ofBoth);
  }

  private static String both(String one, String other) {
    return one.equals(other) ? one : one + "; also: " + other;
  }
}
