package org.candor.core.outbox;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rate limits: endpoints' wishes to get no messages of a category for a time. The empty category
 * stands for all. Writes to the map that it is given, and commits nothing itself.
 */
public final class EndpointLimits {

  private final Map<String, String> until;

  /**
   * @param until from endpoint and category to the end of the wish
   */
  EndpointLimits(Map<String, String> until) {
    this.until = until;
  }

  static EndpointLimits none() {
    return new EndpointLimits(Map.of());
  }

  /** As it is now, and cannot be changed. */
  EndpointLimits snapshot() {
    return new EndpointLimits(Map.copyOf(until));
  }

  /** Adds a wish; a longer one for the same stays. */
  void add(String endpoint, String category, Instant end) {
    String key = key(endpoint, category);
    if (end(key).filter(known -> !known.isBefore(end)).isEmpty()) {
      until.put(key, end.toString());
    }
  }

  void dropEnded(Instant now) {
    until.keySet().stream()
        .filter(key -> end(key).filter(now::isBefore).isEmpty())
        .toList()
        .forEach(until::remove);
  }

  /** When messages of a category may go again; empty when nobody wished anything. */
  public Optional<Instant> end(String endpoint, String category) {
    return Stream.of(key(endpoint, ""), key(endpoint, category))
        .map(this::end)
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }

  private Optional<Instant> end(String key) {
    return Optional.ofNullable(until.get(key)).map(Instant::parse);
  }

  private static String key(String endpoint, String category) {
    return endpoint + " " + category;
  }
}
