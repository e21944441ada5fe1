package org.candor.format.sentry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.candor.api.fact.Fact;
import org.candor.api.fact.Value;
import org.candor.api.report.Report;

/** The facts of a report that are about one thing only, by their names. */
final class Facts {

  private final Map<String, Value> values = new HashMap<>();

  Facts(Report report) {
    for (Fact fact : report.facts()) {
      if (fact.subject().isEmpty()) {
        values.putIfAbsent(fact.name(), fact.value());
      }
    }
  }

  /** The text of the first name that has one that is not blank. */
  Optional<String> text(String... names) {
    for (String name : names) {
      if (values.get(name) instanceof Value.Text text && !text.text().isBlank()) {
        return Optional.of(text.text());
      }
    }
    return Optional.empty();
  }

  Optional<Long> count(String name) {
    return values.get(name) instanceof Value.Count count
        ? Optional.of(count.count())
        : Optional.empty();
  }

  Optional<Boolean> flag(String name) {
    return values.get(name) instanceof Value.Flag flag
        ? Optional.of(flag.flag())
        : Optional.empty();
  }
}
