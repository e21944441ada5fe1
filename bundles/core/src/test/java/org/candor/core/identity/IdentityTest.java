package org.candor.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {

  @TempDir Path directory;

  @Test
  void idsAreMadeOnceAndWrittenBesideWhatIsThere() throws IOException {
    Path file = directory.resolve("org.candor.identity.cfg");
    Files.writeString(file, "# Ours\nversion = 1.2.3\nclusterId =\n");
    String id = identity(Map.of()).clusterId();
    assertThat(UUID.fromString(id)).isNotNull();
    assertThat(identity(Map.of()).clusterId()).isEqualTo(id);
    assertThat(Files.readString(file)).contains("# Ours\nversion = 1.2.3", id);
  }

  @Test
  void aFilesWhiteSpaceDoesNotCount() throws IOException {
    Files.writeString(directory.resolve("cluster-id"), "  70b28f00-e38f\n");
    Path file = directory.resolve("cluster-id");
    assertThat(identity(Map.of("clusterIdFile", file.toString())).clusterId())
        .isEqualTo("70b28f00-e38f");
  }

  @Test
  void aFileThatIsMissingIsNamedAndNoIdIsMadeUp() {
    assertThatThrownBy(() -> identity(Map.of("clusterIdFile", "/no/such")).facts())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("clusterIdFile = /no/such");
  }

  @Test
  void whatIsConfiguredIsTold() throws IOException {
    assertThat(identity(Map.of("clusterId", " c ", "provider", "aws")).facts())
        .contains(
            new Fact(FactNames.CLUSTER_ID, "", new Value.Text("c")),
            new Fact(FactNames.PROVIDER, "", new Value.Text("aws")),
            new Fact(FactNames.CUSTOMER_KEY, "", new Value.Text("")));
  }

  private Identity identity(Map<String, String> values) {
    return new Identity(new Etc(directory), IdentityFixture.config(values));
  }
}
