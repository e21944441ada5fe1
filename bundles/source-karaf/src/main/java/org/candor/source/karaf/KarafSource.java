package org.candor.source.karaf;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.candor.api.Deadline;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.api.source.HealthSource;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceName;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This runtime: each bundle that the owner lets be named as a unit of its own, all others as the
 * unit {@code other-bundles}, and the units {@code components} and {@code jvm}.
 */
@Component(configurationPid = KarafConfig.PID, immediate = true)
@Designate(ocd = KarafConfig.class)
@SourceName("karaf")
public final class KarafSource implements HealthSource, ConfigurationProblems {

  private static final Logger LOG = LoggerFactory.getLogger(KarafSource.class);
  private static final Setting<UnitNames> UNITS = UnitNames.setting("units");

  private final Settings settings = new Settings(KarafConfig.FILE, LOG::error);
  private final InstalledBundles bundles;
  private final Components components;
  private final RuntimeFacts runtime;
  private volatile Optional<UnitNames> names;

  @Activate
  public KarafSource(
      BundleContext context, @Reference ServiceComponentRuntime components, KarafConfig config) {
    this(new InstalledBundles(context), new Components(components), config.units());
  }

  KarafSource(InstalledBundles bundles, Components components, String units) {
    this.bundles = bundles;
    this.components = components;
    this.runtime = new RuntimeFacts(key -> Optional.ofNullable(System.getProperty(key)));
    this.names = settings.read(UNITS, units);
  }

  @Modified
  void modified(KarafConfig config) {
    names = settings.read(UNITS, config.units());
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  @Override
  public Observation observe(Deadline deadline) {
    return names
        .map(this::observe)
        .orElseGet(() -> Observation.unconfigured("Correct units in " + KarafConfig.FILE + "."));
  }

  private Observation observe(UnitNames named) {
    UnitCounts units = new UnitCounts();
    bundles
        .health()
        .forEach(
            bundle ->
                units.add(
                    named.cover(bundle.name()) ? bundle.name() : "other-bundles",
                    bundle.healthy()));
    components.health().forEach(healthy -> units.add("components", healthy));
    units.add("jvm", JvmHealth.now().healthy());
    Observation.Builder seen = Observation.builder();
    units.addTo(seen);
    runtime.addTo(seen, Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
    return seen.build();
  }
}
