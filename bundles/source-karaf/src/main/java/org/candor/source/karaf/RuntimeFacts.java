package org.candor.source.karaf;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.candor.api.source.Observation;

/** What this runtime is, for inventories. */
final class RuntimeFacts {

  private static final Map<String, String> PROPERTIES = properties();

  private final Function<String, Optional<String>> property;

  /**
   * @param property a system property
   */
  RuntimeFacts(Function<String, Optional<String>> property) {
    this.property = property;
  }

  void addTo(Observation.Builder seen, Duration uptime) {
    PROPERTIES.forEach(
        (fact, key) -> property.apply(key).ifPresent(value -> seen.text(fact, value)));
    seen.count("jvm.uptime", uptime.toSeconds());
  }

  private static Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("os.name", "os.name");
    properties.put("os.version", "os.version");
    properties.put("os.arch", "os.arch");
    properties.put("runtime.name", "java.runtime.name");
    properties.put("runtime.version", "java.runtime.version");
    properties.put("karaf.version", "karaf.version");
    return properties;
  }
}
