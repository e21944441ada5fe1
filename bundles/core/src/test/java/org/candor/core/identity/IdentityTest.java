package org.candor.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.settings.Settings;
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
  void anIdThatFileInstallOverwroteIsWrittenAgain() throws IOException {
    Path file = directory.resolve("org.candor.identity.cfg");
    Files.writeString(file, "clusterId =\n");
    Identity identity = identity(Map.of());
    String id = identity.clusterId();
    Files.writeString(file, "# Put back\nclusterId =\n");
    assertThat(identity.clusterId()).isEqualTo(id);
    assertThat(Files.readString(file)).contains("# Put back", id);
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
        .hasMessageEndingWith(
            "clusterIdFile = /no/such cannot be read: it does not exist; allowed is a file that"
                + " holds an id.");
  }

  @Test
  void anotherFileThatIsMissingLeavesTheClusterItsId() throws IOException {
    Path file = Files.writeString(directory.resolve("cluster-id"), "the-id\n");
    List<String> refusals = new ArrayList<>();
    ClusterIdFile files = new ClusterIdFile("etc/x.cfg", Path::of, refusals::add);
    String id = files.read(file.toString(), Optional.empty());
    for (int i = 0; i < 2; i++) {
      assertThat(files.read(directory.resolve("none").toString(), Optional.of(id)))
          .isEqualTo("the-id");
    }
    assertThat(refusals)
        .singleElement()
        .asString()
        .startsWith("etc/x.cfg: clusterIdFile = " + directory.resolve("none") + " cannot be read")
        .endsWith("The cluster's id stays.");
    Identity identity = identity(Map.of("clusterId", "before"));
    assertThat(identity.clusterId()).isEqualTo("before");
    identity.modified(IdentityFixture.config(Map.of("clusterIdFile", "/no/such")));
    assertThat(identity.clusterId()).isEqualTo("before");
  }

  @Test
  void aPathThatCannotBeIsNamedAsAFileThatCannotBeRead() throws IOException {
    Identity identity = identity(Map.of("clusterIdFile", "/etc/a\0b"));
    assertThatThrownBy(identity::clusterId)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "etc/org.candor.identity.cfg: clusterIdFile = /etc/a?b cannot be read: no file can have"
                + " this name here (Nul character not allowed); allowed is a file that holds an"
                + " id.");
    identity = identity(Map.of("clusterId", "before"));
    assertThat(identity.clusterId()).isEqualTo("before");
    identity.modified(IdentityFixture.config(Map.of("clusterIdFile", "/etc/a\0b")));
    assertThat(identity.clusterId()).isEqualTo("before");
  }

  @Test
  void aFileIsReadWhenItIsSetAndItsIdStaysWhenItGoes() throws IOException {
    Path file = Files.writeString(directory.resolve("cluster-id"), "from-the-file\n");
    Identity identity = identity(Map.of("clusterId", "before"));
    identity.modified(IdentityFixture.config(Map.of("clusterIdFile", file.toString())));
    Files.delete(file);
    assertThat(identity.clusterId()).isEqualTo("from-the-file");
  }

  @Test
  void whatIsConfiguredIsTold() throws IOException {
    assertThat(identity(Map.of("clusterId", " c ", "provider", "aws")).facts())
        .contains(
            new Fact(FactNames.CLUSTER_ID, "", new Value.Text("c")),
            new Fact(FactNames.PROVIDER, "", new Value.Text("aws")),
            new Fact(FactNames.CUSTOMER_KEY, "", new Value.Text("")));
  }

  @Test
  void allWhoAskFirstGetTheSameId() throws Exception {
    Identity identity = identity(Map.of());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Set<String> ids = new HashSet<>();
      Callable<String> ask = identity::clusterId;
      for (Future<String> id : threads.invokeAll(Collections.nCopies(8, ask))) {
        ids.add(id.get());
      }
      assertThat(ids).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anIdThatCannotBeKeptIsNotUsedAndTheAdviceSaysWhatToDo() throws IOException {
    Files.createDirectories(directory.resolve(".org.candor.identity.cfg.new/x"));
    assertThatThrownBy(() -> identity(Map.of()).clusterId())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("etc/org.candor.identity.cfg cannot be written")
        .hasMessageContaining("set clusterId");
  }

  @Test
  void aVariableThatIsNotReplacedYetIsNoId() throws IOException {
    Files.writeString(directory.resolve("org.candor.identity.cfg"), "clusterId = ${env:ID}\n");
    Identity identity = identity(Map.of());
    assertThatThrownBy(identity::clusterId).hasMessageContaining("clusterId = ${env:ID}");
    identity.modified(IdentityFixture.config(Map.of("clusterId", "c")));
    assertThat(identity.clusterId()).isEqualTo("c");
  }

  @Test
  void theUsersOfAWebPageArePseudonymsUnlessTheOwnerWantsThemPlain() throws IOException {
    Identity identity = identity(Map.of());
    Map<String, String> users = identity.uiUsers(Set.of("jane", "joe"));
    assertThat(users.values()).hasSize(2).doesNotHaveDuplicates();
    assertThat(users.get("jane")).matches("[0-9a-f]{32}");
    assertThat(identity.uiUsers(Set.of("jane")).get("jane")).isEqualTo(users.get("jane"));
    assertThat(identity(Map.of()).uiUsers(Set.of("jane")).get("jane"))
        .as("by the same secret")
        .isEqualTo(users.get("jane"));
    identity.modified(IdentityFixture.config(Map.of("uiUsers", "plain")));
    assertThat(identity.uiUsers(Set.of("jane"))).containsEntry("jane", "jane");
    identity.modified(IdentityFixture.config(Map.of("uiUsers", "plane")));
    assertThat(identity.uiUsers(Set.of("jane"))).as("the last good").containsEntry("jane", "jane");
    assertThat(identity(Map.of("uiUsers", "plane")).uiUsers(Set.of("jane")))
        .isEqualTo(Map.of("jane", users.get("jane")));
  }

  @Test
  void anotherSecretMakesOtherPseudonymsOfTheSameUsers() {
    List<String> secrets = new ArrayList<>(List.of("one "));
    UiUsers users =
        new UiUsers(new Settings("f", line -> {}), user -> Optional.of(secrets.get(0) + user));
    assertThat(users.of(Set.of("jane"))).containsEntry("jane", "one jane");
    secrets.set(0, "two ");
    assertThat(users.of(Set.of("jane"))).containsEntry("jane", "two jane");
  }

  private Identity identity(Map<String, String> values) {
    return new Identity(
        new Etc(directory),
        IdentityFixture.machine(),
        () -> {},
        Runnable::run,
        IdentityFixture.config(values));
  }
}
