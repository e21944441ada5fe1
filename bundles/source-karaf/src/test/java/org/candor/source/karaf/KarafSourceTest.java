package org.candor.source.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.Deadline;
import org.candor.api.fact.Fact;
import org.candor.api.fact.Value;
import org.candor.api.source.Observation;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.util.promise.Promise;

class KarafSourceTest {

  @Test
  void onlyBundlesThatMayBeNamedAre() {
    FakeFramework framework =
        new FakeFramework()
            .bundle("org.a.one", Bundle.ACTIVE)
            .bundle("org.a.one", Bundle.RESOLVED)
            .fragment("org.a.fragment")
            .laterBundle("org.a.later")
            .stoppedBundle("org.a.stopped")
            .lazyBundle("org.a.lazy")
            .bundle("com.secret", Bundle.ACTIVE)
            .bundle("com.secret.too", Bundle.INSTALLED)
            .bundle(null, Bundle.ACTIVE)
            .goingBundle();
    assertThat(units(source(framework, new FakeComponents(), "org.a.*").observe(deadline())))
        .containsExactly(
            "jvm 1/0",
            "org.a.fragment 1/0",
            "org.a.later 1/0",
            "org.a.lazy 1/0",
            "org.a.one 2/1",
            "org.a.stopped 1/0",
            "other-bundles 3/1");
  }

  @Test
  void onlyAFailedActivationMakesAComponentUnhealthy() {
    FakeComponents components =
        new FakeComponents()
            .component(
                true,
                ComponentConfigurationDTO.ACTIVE,
                ComponentConfigurationDTO.SATISFIED,
                ComponentConfigurationDTO.FAILED_ACTIVATION)
            .component(
                true,
                ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION,
                ComponentConfigurationDTO.UNSATISFIED_REFERENCE)
            .component(false, ComponentConfigurationDTO.FAILED_ACTIVATION);
    assertThat(units(source(new FakeFramework(), components, "").observe(deadline())))
        .containsExactly("components 5/1", "jvm 1/0");
  }

  @Test
  void theRuntimeIsDescribed() {
    Observation seen = source(new FakeFramework(), new FakeComponents(), "").observe(deadline());
    assertThat(seen.facts())
        .contains(new Fact("os.name", "", new Value.Text(System.getProperty("os.name"))))
        .extracting(Fact::name)
        .contains("runtime.version", "jvm.uptime")
        .doesNotContain("karaf.version");
  }

  @Test
  void propertiesAreTakenUnderTheNamesOfFacts() {
    Observation.Builder seen = Observation.builder();
    Map<String, String> properties =
        Map.of("karaf.version", "4.4.10", "java.runtime.version", "17", "user.name", "somebody");
    new RuntimeFacts(key -> Optional.ofNullable(properties.get(key)))
        .addTo(seen, Duration.ofMillis(2900));
    assertThat(seen.build())
        .isEqualTo(
            Observation.builder()
                .text("runtime.version", "17")
                .text("karaf.version", "4.4.10")
                .count("jvm.uptime", 2)
                .build());
  }

  @Test
  void withoutAListThatCanBeReadNothingIsReported() {
    Observation seen = source(new FakeFramework(), new FakeComponents(), "a b").observe(deadline());
    assertThat(seen)
        .isEqualTo(Observation.unconfigured("Correct units in etc/org.candor.source.karaf.cfg."));
  }

  private static KarafSource source(
      FakeFramework framework, FakeComponents components, String units) {
    return new KarafSource(
        new InstalledBundles(framework.context()), new Components(components), units);
  }

  private static Deadline deadline() {
    return Deadline.after(Duration.ofSeconds(5), Clock.systemUTC());
  }

  private static List<String> units(Observation seen) {
    List<Fact> totals = facts(seen, "unit.total");
    List<Fact> unhealthy = facts(seen, "unit.unhealthy");
    List<String> units = new ArrayList<>();
    for (int i = 0; i < totals.size(); i++) {
      units.add(
          totals.get(i).subject() + " " + count(totals.get(i)) + "/" + count(unhealthy.get(i)));
    }
    return units;
  }

  private static List<Fact> facts(Observation seen, String name) {
    return seen.facts().stream().filter(fact -> fact.name().equals(name)).toList();
  }

  private static long count(Fact fact) {
    return ((Value.Count) fact.value()).count();
  }

  private static final class FakeComponents implements ServiceComponentRuntime {
    private final List<ComponentDescriptionDTO> descriptions = new ArrayList<>();
    private final List<List<ComponentConfigurationDTO>> configurations = new ArrayList<>();

    FakeComponents component(boolean enabled, int... states) {
      ComponentDescriptionDTO description = new ComponentDescriptionDTO();
      description.defaultEnabled = enabled;
      descriptions.add(description);
      List<ComponentConfigurationDTO> ofComponent = new ArrayList<>();
      for (int state : states) {
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.state = state;
        ofComponent.add(configuration);
      }
      configurations.add(ofComponent);
      return this;
    }

    @Override
    public Collection<ComponentDescriptionDTO> getComponentDescriptionDTOs(Bundle... bundles) {
      assertThat(bundles).isEmpty();
      return descriptions;
    }

    @Override
    public Collection<ComponentConfigurationDTO> getComponentConfigurationDTOs(
        ComponentDescriptionDTO description) {
      return configurations.get(descriptions.indexOf(description));
    }

    @Override
    public boolean isComponentEnabled(ComponentDescriptionDTO description) {
      return description.defaultEnabled;
    }

    @Override
    public ComponentDescriptionDTO getComponentDescriptionDTO(Bundle bundle, String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Promise<Void> enableComponent(ComponentDescriptionDTO description) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Promise<Void> disableComponent(ComponentDescriptionDTO description) {
      throw new UnsupportedOperationException();
    }
  }
}
