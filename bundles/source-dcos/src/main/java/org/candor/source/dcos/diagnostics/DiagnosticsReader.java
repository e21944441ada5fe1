package org.candor.source.dcos.diagnostics;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.candor.source.dcos.diagnostics.DiagnosticsReport.NodeCount;
import org.candor.source.dcos.diagnostics.DiagnosticsReport.UnitCount;
import org.candor.source.dcos.json.JsonScanner;

/**
 * Counts the report of {@code /system/health/v1/report} while it passes by, as Go's decoder would
 * understand it: a name that comes twice means its last value, {@code null} means nothing.
 *
 * <p>A node's own {@code Health} says nothing about a unit: a node is unhealthy as soon as any of
 * its units is.
 */
public final class DiagnosticsReader {

  /** Units that are kept; systemd itself has far fewer. */
  static final int UNIT_LIMIT = 10_000;

  private static final double UNKNOWN = 3;

  private final JsonScanner json;
  private final Map<String, UnitCount> units = new LinkedHashMap<>();
  private Optional<NodeCount> nodes = Optional.empty();
  private boolean unitsSeen;

  private DiagnosticsReader(JsonScanner json) {
    this.json = json;
  }

  /** Reads one report. */
  public static DiagnosticsReport read(JsonScanner json) throws IOException {
    return new DiagnosticsReader(json).report();
  }

  private DiagnosticsReport report() throws IOException {
    if (json.beginObject()) {
      while (json.hasNext()) {
        switch (json.name()) {
          case "Units" -> units();
          case "Nodes" -> nodes = nodes();
          default -> json.skipValue();
        }
      }
    }
    if (!unitsSeen) {
      throw json.wrong("no Units");
    }
    units.values().removeIf(unit -> unit.total() == 0);
    return new DiagnosticsReport(Collections.unmodifiableMap(units), nodes);
  }

  private void units() throws IOException {
    unitsSeen = true;
    if (!json.beginObject()) {
      return;
    }
    while (json.hasNext()) {
      String name = json.name();
      units.put(name, unit(name));
      if (units.size() > UNIT_LIMIT) {
        throw json.wrong("more than " + UNIT_LIMIT + " units");
      }
    }
  }

  private UnitCount unit(String name) throws IOException {
    UnitCount count = new UnitCount(0, 0);
    if (json.beginObject()) {
      while (json.hasNext()) {
        if (json.nameIs("Nodes")) {
          count = nodesOf(name);
        } else {
          json.skipValue();
        }
      }
    }
    return count;
  }

  private UnitCount nodesOf(String unit) throws IOException {
    long total = 0;
    long unhealthy = 0;
    if (json.beginArray()) {
      while (json.hasNext()) {
        if (json.beginObject()) {
          total++;
          if (failsOnNode(unit)) {
            unhealthy++;
          }
        }
      }
    }
    return new UnitCount(total, unhealthy);
  }

  private boolean failsOnNode(String unit) throws IOException {
    boolean fails = false;
    while (json.hasNext()) {
      if (json.nameIs("Output")) {
        fails = hasOutput(unit);
      } else {
        json.skipValue();
      }
    }
    return fails;
  }

  private boolean hasOutput(String unit) throws IOException {
    boolean has = false;
    if (json.beginObject()) {
      while (json.hasNext()) {
        if (json.nameIs(unit)) {
          has = !json.textIsEmpty();
        } else {
          json.skipValue();
        }
      }
    }
    return has;
  }

  private Optional<NodeCount> nodes() throws IOException {
    if (!json.beginObject()) {
      return Optional.empty();
    }
    long total = 0;
    long unknown = 0;
    while (json.hasNext()) {
      if (json.beginObject()) {
        total++;
        if (isUnknown()) {
          unknown++;
        }
      }
    }
    return Optional.of(new NodeCount(total, unknown));
  }

  private boolean isUnknown() throws IOException {
    boolean unknown = false;
    while (json.hasNext()) {
      if (json.nameIs("Health")) {
        unknown = json.number().filter(health -> health == UNKNOWN).isPresent();
      } else {
        json.skipValue();
      }
    }
    return unknown;
  }
}
