package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The distribution's repository. */
class FeaturesIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private final KarafInstance karaf = KARAF.get();

  @Test
  void everyFeatureInstallsWithNoRepositoryButTheDistributionItself() throws Exception {
    List<String> features =
        karaf
            .run("feature:list --no-format")
            .out()
            .lines()
            .map(line -> line.split("\\s")[0])
            .filter(name -> name.startsWith("candor"))
            .toList();
    assertThat(features)
        .contains("candor", "candor-segment", "candor-file", "candor-dcos", "candor-receiver");

    List<String> more =
        features.stream().filter(name -> name.matches("candor-(file|dcos|receiver)")).toList();
    karaf.run("feature:install " + String.join(" ", features));
    assertThat(karaf.bundlesNotActive()).isEmpty();
    karaf.run("feature:uninstall " + String.join(" ", more));

    assertThat(karaf.run("feature:list -i --no-format").out()).doesNotContain(more);
    assertThat(karaf.base().resolve("no-repository")).doesNotExist();
  }
}
