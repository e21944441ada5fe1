package org.candor.source.karaf;

import java.util.Map;
import java.util.TreeMap;
import org.candor.api.source.Observation;

/** Units and how many of each are unhealthy; for one thread. */
final class UnitCounts {

  private final Map<String, Count> counts = new TreeMap<>();

  void add(String unit, boolean healthy) {
    counts.merge(unit, new Count(1, healthy ? 0 : 1), Count::plus);
  }

  void addTo(Observation.Builder seen) {
    counts.forEach((unit, count) -> seen.unit(unit, count.total, count.unhealthy));
  }

  private record Count(long total, long unhealthy) {
    Count plus(Count other) {
      return new Count(total + other.total, unhealthy + other.unhealthy);
    }
  }
}
