package org.candor.api.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;

/**
 * What a source saw.
 *
 * @param facts in the order in which they were added
 * @param advice why there are none although nothing failed, and what to set; empty otherwise
 */
public record Observation(List<Fact> facts, Optional<String> advice) {

  public Observation {
    facts = List.copyOf(facts);
  }

  /**
   * Nothing says where to look, which is no failure.
   *
   * @param advice which key of which file to set
   */
  public static Observation unconfigured(String advice) {
    return new Observation(List.of(), Optional.of(advice));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects facts; for one thread. */
  public static final class Builder {

    private final List<Fact> facts = new ArrayList<>();

    private Builder() {}

    public Builder fact(Fact fact) {
      facts.add(fact);
      return this;
    }

    public Builder text(String name, String text) {
      return fact(new Fact(name, "", new Value.Text(text)));
    }

    public Builder count(String name, long count) {
      return fact(new Fact(name, "", new Value.Count(count)));
    }

    public Builder measure(String name, double measure) {
      return fact(new Fact(name, "", new Value.Measure(measure)));
    }

    public Builder flag(String name, boolean flag) {
      return fact(new Fact(name, "", new Value.Flag(flag)));
    }

    /**
     * A component's health.
     *
     * @param unit the component's name
     * @param total on how many nodes it is
     * @param unhealthy on how many of these it fails
     */
    public Builder unit(String unit, long total, long unhealthy) {
      fact(new Fact(FactNames.UNIT_TOTAL, unit, new Value.Count(total)));
      return fact(new Fact(FactNames.UNIT_UNHEALTHY, unit, new Value.Count(unhealthy)));
    }

    public Observation build() {
      return new Observation(facts, Optional.empty());
    }
  }
}
