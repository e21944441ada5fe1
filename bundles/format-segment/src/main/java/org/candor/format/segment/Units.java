package org.candor.format.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Report;

/**
 * Adds up what all sources say about a unit, under the key that DC/OS gives it: dots become
 * hyphens, so that different names can meet under one key.
 */
final class Units {

  private final Map<String, Tally> tallies = new TreeMap<>();
  private final Notices notices;

  private Units(Notices notices) {
    this.notices = notices;
  }

  /** One piece for each unit that is on any node, sorted by key. */
  static List<Piece> of(Report report, Notices notices) {
    Units units = new Units(notices);
    report.facts().forEach(units::add);
    return units.tallies.entrySet().stream()
        .filter(entry -> entry.getValue().total > 0)
        .map(entry -> entry.getValue().piece("health-unit-" + entry.getKey()))
        .toList();
  }

  private void add(Fact fact) {
    boolean total = fact.name().equals(FactNames.UNIT_TOTAL);
    if (!total && !fact.name().equals(FactNames.UNIT_UNHEALTHY)) {
      return;
    }
    if (!(fact.value() instanceof Value.Count count)) {
      notices.unusable(fact.name());
      return;
    }
    Tally tally =
        tallies.computeIfAbsent(fact.subject().replace('.', '-'), key -> new Tally(fact.subject()));
    if (tally.isNew(fact.subject())) {
      notices.sharedKey(tally.names.get(0), fact.subject());
    }
    if (total) {
      tally.total += count.count();
    } else {
      tally.unhealthy = Optional.of(tally.unhealthy.orElse(0L) + count.count());
    }
  }

  private static final class Tally {

    private final List<String> names = new ArrayList<>();
    private long total;
    private Optional<Long> unhealthy = Optional.empty();

    private Tally(String name) {
      names.add(name);
    }

    private boolean isNew(String name) {
      return !names.contains(name) && names.add(name);
    }

    private Piece piece(String key) {
      Map<String, String> json = new HashMap<>();
      json.put(key + "-total", Long.toString(total));
      unhealthy.ifPresent(count -> json.put(key + "-unhealthy", Long.toString(count)));
      return new Piece.Properties(names.get(0), json);
    }
  }
}
