package org.candor.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.source.IdentityHints;
import org.candor.control.Forgotten.Named;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another product says of this installation. */
class HintsTest {

  private static final Map<String, String> OF_DCOS =
      Map.of(
          FactNames.PRODUCT_VERSION, "2.2.0",
          FactNames.PRODUCT_VARIANT, "enterprise",
          FactNames.PROVIDER, "aws",
          FactNames.PLATFORM, " aws ",
          FactNames.CUSTOMER_KEY, "key-1",
          FactNames.LICENSE_ID, "",
          FactNames.CLUSTER_ID, "another",
          FactNames.SERVER_NAME, "another");

  @TempDir Path folder;

  @Test
  void fillsWhatTheOwnerLeftEmptyAndNothingElse() throws IOException {
    Identity identity =
        identity(Map.of("clusterId", "c", "version", "1.2.3", "provider", "onprem", "variant", ""));
    Map<String, String> without = facts(identity);
    IdentityHints dcos = () -> OF_DCOS;
    identity.bindHints(dcos);
    Map<String, String> with = facts(identity);
    assertThat(with)
        .containsEntry(FactNames.PRODUCT_VERSION, "1.2.3")
        .containsEntry(FactNames.PROVIDER, "onprem")
        .containsEntry(FactNames.PRODUCT_VARIANT, "enterprise")
        .containsEntry(FactNames.PLATFORM, "aws")
        .containsEntry(FactNames.CUSTOMER_KEY, "key-1")
        .containsEntry(FactNames.LICENSE_ID, "")
        .containsEntry(FactNames.CLUSTER_ID, "c")
        .containsEntry(FactNames.SERVER_NAME, without.get(FactNames.SERVER_NAME))
        .hasSameSizeAs(without);
    assertThat(identity.givenByOwner())
        .as("what telemetry:forget cannot renew")
        .contains(new Named("customerKey", "key-1"), new Named("provider", "onprem"));
    identity.unbindHints(dcos);
    assertThat(facts(identity)).isEqualTo(without);
  }

  @Test
  void theVersionIsTheOneThatIsAskedAbout() {
    Identity identity = identity(Map.of("clusterId", "c"));
    assertThat(identity.version()).isEmpty();
    identity.bindHints(Map::of);
    identity.bindHints(() -> Map.of(FactNames.PRODUCT_VERSION, " "));
    identity.bindHints(() -> OF_DCOS);
    assertThat(identity.version()).isEqualTo("2.2.0");
  }

  @Test
  void oneThatFailsCostsItsOwnValues() {
    Identity identity = identity(Map.of("clusterId", "c"));
    identity.bindHints(
        () -> {
          throw new IllegalStateException("no");
        });
    identity.bindHints(() -> OF_DCOS);
    assertThat(identity.version()).isEqualTo("2.2.0");
  }

  private Identity identity(Map<String, String> values) {
    return IdentityFixture.identity(new Etc(folder), () -> {}, values);
  }

  private static Map<String, String> facts(Identity identity) throws IOException {
    return identity.facts().stream()
        .collect(Collectors.toMap(Fact::name, fact -> ((Value.Text) fact.value()).text()));
  }
}
