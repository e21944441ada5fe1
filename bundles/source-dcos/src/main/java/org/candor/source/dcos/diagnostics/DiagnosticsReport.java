package org.candor.source.dcos.diagnostics;

import java.util.Map;
import java.util.Optional;

/**
 * What a diagnostics report says, counted.
 *
 * @param units by the unit's name, in the report's order; only units that are on a node
 * @param nodes empty when the report lists none
 */
public record DiagnosticsReport(Map<String, UnitCount> units, Optional<NodeCount> nodes) {

  /**
   * A unit.
   *
   * @param total nodes on which it is
   * @param unhealthy nodes on which it fails: its own output is not empty
   */
  public record UnitCount(long total, long unhealthy) {}

  /**
   * The cluster's nodes.
   *
   * @param total nodes listed
   * @param unknown nodes whose health is not known, as they could not be reached
   */
  public record NodeCount(long total, long unknown) {}
}
