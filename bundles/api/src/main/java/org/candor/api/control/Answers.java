package org.candor.api.control;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.consent.Purpose;

/**
 * What the owner answered: yes, no, or nothing yet.
 *
 * @param given true for yes, false for no; a purpose that was not answered is left out
 */
public record Answers(Map<Purpose, Boolean> given) {

  public Answers {
    given = Map.copyOf(given);
  }

  /** The same answer for each of these. */
  public static Answers of(Set<Purpose> purposes, boolean allowed) {
    Map<Purpose, Boolean> given = new EnumMap<>(Purpose.class);
    purposes.forEach(purpose -> given.put(purpose, allowed));
    return new Answers(given);
  }

  /** The answer for a purpose; empty when there is none. */
  public Optional<Boolean> to(Purpose purpose) {
    return Optional.ofNullable(given.get(purpose));
  }
}
