package org.candor.source.dcos.mesos;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.http.json.JsonFormatException;
import org.candor.source.dcos.json.JsonScanner;

/** Reads the figures that are reported out of the answer of {@code /metrics/snapshot}. */
public final class MetricsReader {

  private static final Map<String, Figure> FIGURES =
      Map.of(
          "master/cpus_total", new Figure(FactNames.MESOS_CPU_TOTAL, Value.Measure::new),
          "master/cpus_used", new Figure(FactNames.MESOS_CPU_USED, Value.Measure::new),
          "master/mem_total", new Figure(FactNames.MESOS_MEM_TOTAL, Value.Measure::new),
          "master/mem_used", new Figure(FactNames.MESOS_MEM_USED, Value.Measure::new),
          "master/disk_total", new Figure(FactNames.MESOS_DISK_TOTAL, Value.Measure::new),
          "master/disk_used", new Figure(FactNames.MESOS_DISK_USED, Value.Measure::new),
          "master/tasks_running", new Figure(FactNames.MESOS_TASK_COUNT, MetricsReader::count),
          "master/frameworks_active",
              new Figure(FactNames.MESOS_FRAMEWORK_COUNT, MetricsReader::count),
          "master/slaves_connected",
              new Figure(FactNames.MESOS_AGENTS_CONNECTED, MetricsReader::count),
          "master/slaves_active", new Figure(FactNames.MESOS_AGENTS_ACTIVE, MetricsReader::count));

  private MetricsReader() {}

  /**
   * Reads one answer.
   *
   * @return in the order of the facts' names; figures that the master does not give are missing
   * @throws JsonFormatException also when it has none of the figures, as an agent's has not
   */
  public static List<Fact> read(JsonScanner json) throws IOException {
    Map<String, Fact> facts = new TreeMap<>();
    if (json.beginObject()) {
      while (json.hasNext()) {
        Figure figure = FIGURES.get(json.name());
        if (figure == null) {
          json.skipValue();
        } else {
          json.number().map(figure::fact).ifPresent(fact -> facts.put(fact.name(), fact));
        }
      }
    }
    Collection<Fact> found = facts.values();
    if (found.isEmpty()) {
      throw json.wrong("none of a master's figures");
    }
    return List.copyOf(found);
  }

  /** Mesos writes its counts as floating-point numbers. */
  private static Value count(double number) {
    return new Value.Count(Math.round(number));
  }

  private record Figure(String fact, DoubleFunction<Value> value) {
    Fact fact(double number) {
      return new Fact(fact, "", value.apply(number));
    }
  }
}
