package org.candor.api.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.candor.api.fact.Fact;
import org.candor.api.fact.Value;

/**
 * The facts of one moment, as far as a formatter may see them.
 *
 * @param kind what the channel reports
 * @param at when the facts were observed
 * @param facts this installation's own first, then each source's in the order of their names
 * @param gaps sources whose facts are missing, in the order of their names
 */
public record Report(ReportKind kind, Instant at, List<Fact> facts, List<Gap> gaps) {

  public Report {
    facts = List.copyOf(facts);
    gaps = List.copyOf(gaps);
  }

  /** All facts of a name, whatever their subject. */
  public List<Fact> all(String name) {
    return facts.stream().filter(fact -> fact.name().equals(name)).toList();
  }

  /** The value of the first fact of a name. */
  public Optional<Value> first(String name) {
    return facts.stream().filter(fact -> fact.name().equals(name)).map(Fact::value).findFirst();
  }

  /** The text of the first fact of a name; empty when there is none or it is no text. */
  public String text(String name) {
    return first(name)
        .filter(Value.Text.class::isInstance)
        .map(value -> ((Value.Text) value).text())
        .orElse("");
  }

  /** This report with the named facts only. */
  public Report only(Set<String> names) {
    return new Report(
        kind, at, facts.stream().filter(fact -> names.contains(fact.name())).toList(), gaps);
  }
}
