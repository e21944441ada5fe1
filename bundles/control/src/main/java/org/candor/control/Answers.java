package org.candor.control;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.consent.Purpose;

/**
 * What the owner answered: on, off, or nothing yet.
 *
 * @param given true for on, false for off; a purpose that was not answered is left out
 * @param channels the same for channels by name; only one that was turned off is turned on
 */
public record Answers(Map<Purpose, Boolean> given, Map<String, Boolean> channels) {

  public Answers {
    given = Map.copyOf(given);
    channels = Map.copyOf(channels);
  }

  /** Answers about purposes only. */
  public Answers(Map<Purpose, Boolean> given) {
    this(given, Map.of());
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

  /** Whether nothing is answered. */
  public boolean isEmpty() {
    return given.isEmpty() && channels.isEmpty();
  }

  /** Whether anything is turned off. */
  public boolean deny() {
    return given.containsValue(false) || channels.containsValue(false);
  }
}
