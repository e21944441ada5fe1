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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {

  @TempDir Path directory;
  private Path base;
  private Path cfg;
  private Path ids;

  @BeforeEach
  void etc() throws IOException {
    base = directory.toRealPath();
    directory = Files.createDirectories(base.resolve("etc"));
    cfg = directory.resolve("org.candor.identity.cfg");
    ids = directory.resolve("org.candor.identity.ids");
  }

  @Test
  void idsAreGeneratedOnceAndTheOwnersFileIsOnlyRead() throws IOException {
    Files.writeString(cfg, "# Ours\nversion = 1.2.3\nclusterId =\n");
    String id = identity(Map.of()).clusterId();
    assertThat(UUID.fromString(id)).isNotNull();
    assertThat(identity(Map.of()).clusterId()).isEqualTo(id);
    assertThat(Files.readString(cfg)).isEqualTo("# Ours\nversion = 1.2.3\nclusterId =\n");
    assertThat(Files.readString(ids)).contains("clusterId = " + id);
  }

  /** Earlier builds wrote generated ids there. */
  @Test
  void anIdOfTheFileStaysInForceWhenTheFileIsLostOrReplacedUntilItNamesAnother()
      throws IOException {
    Files.writeString(cfg, "clusterId = of-an-earlier-build\nnodeId = its-node\n");
    assertThat(text(identity(Map.of()), FactNames.NODE_ID)).isEqualTo("its-node");
    Files.writeString(cfg, "clusterId =\nnodeId =\n");
    assertThat(identity(Map.of()).clusterId()).isEqualTo("of-an-earlier-build");
    Files.delete(cfg);
    Identity identity = identity(Map.of());
    assertThat(identity.clusterId()).isEqualTo("of-an-earlier-build");
    assertThat(text(identity, FactNames.NODE_ID)).isEqualTo("its-node");
    Files.writeString(cfg, "clusterId = another\n");
    assertThat(identity.clusterId()).isEqualTo("another");
  }

  @Test
  void theFileCountsAndConfigAdminsCopyWhereItHasAVariableOrIsNotThere() throws IOException {
    Identity identity =
        identity(Map.of("product", "old", "version", "from-environment", "clusterId", "old"));
    assertThat(identity.product()).as("before anybody looked").isEqualTo("old");
    assertThat(identity.clusterId()).isEqualTo("old");
    Files.writeString(cfg, "PRODUCT = p\nversion = ${env:VERSION}\nclusterId = c\n");
    assertThat(text(identity, FactNames.PRODUCT_NAME)).isEqualTo("p");
    assertThat(text(identity, FactNames.PRODUCT_VERSION)).isEqualTo("from-environment");
    assertThat(identity.clusterId()).isEqualTo("c");
    assertThat(identity.version()).isEqualTo("from-environment");
  }

  @Test
  void whatTheFileSaidCountsOnWhileSomebodyFillsIt() throws IOException {
    Files.writeString(cfg, "clusterId = c\nproduct = p\n");
    Identity identity = identity(Map.of());
    assertThat(identity.clusterId()).isEqualTo("c");
    Files.writeString(cfg, "");
    assertThat(text(identity, FactNames.PRODUCT_NAME)).isEqualTo("p");
    Files.writeString(cfg, "clusterId = d\n");
    assertThat(identity.clusterId()).isEqualTo("d");
    assertThat(identity.product()).isEmpty();
  }

  @Test
  void aFileThatHoldsNoIdIsAProblemUntilItDoesOrIsNamedNoMore() throws IOException {
    Path file = base.resolve("id");
    Map<String, String> named = Map.of("clusterIdFile", file.toString());
    Identity identity = identity(Map.of());
    assertThat(identity.clusterId()).isNotEmpty();
    identity.modified(IdentityFixture.config(named));
    String problem =
        "etc/org.candor.identity.cfg: clusterIdFile = "
            + file
            + ": cannot be read: it does not exist; allowed is a file that holds an id.";
    assertThat(identity.problems()).extracting(Object::toString).containsExactly(problem);
    identity.modified(IdentityFixture.config(Map.of()));
    assertThat(identity.problems()).isEmpty();
    identity.modified(IdentityFixture.config(named));
    Files.writeString(file, "c");
    assertThat(identity.clusterId()).isEqualTo("c");
    assertThat(identity.problems()).isEmpty();
  }

  @Test
  void whatWasForgottenIsIgnoredUntilTheFileNamesAnother() throws IOException {
    Files.writeString(cfg, "clusterId = one\nnodeId = node-one\n");
    Identity identity = identity(Map.of());
    identity.facts();
    identity.erasing(() -> new IdentityFiles(new Etc(directory)).renewIds());
    String generated = identity.clusterId();
    assertThat(generated).isNotEqualTo("one");
    assertThat(text(identity, FactNames.NODE_ID)).isNotEqualTo("node-one");
    assertThat(Files.readString(ids)).doesNotContain("one");
    assertThat(identity(Map.of()).clusterId()).as("after a restart").isEqualTo(generated);
    Files.writeString(cfg, "clusterId =\n");
    assertThat(identity.clusterId()).isEqualTo(generated);
    Files.writeString(cfg, "clusterId = one\n");
    assertThat(identity.clusterId()).as("a backup that was put back").isEqualTo(generated);
    Files.writeString(cfg, "clusterId = two\n");
    assertThat(identity.clusterId()).isEqualTo("two");
    Files.writeString(cfg, "clusterId = one\n\n");
    assertThat(identity.clusterId()).as("the owner wants it").isEqualTo("one");
  }

  @Test
  void aClustersIdOfAFileOfItsOwnStaysAndStaysInForceWhenTheOwnersFileIsLost() throws IOException {
    Path file = Files.writeString(directory.resolve("cluster-id"), "shared\n");
    Files.writeString(cfg, "clusterIdFile = " + file + "\nclusterId = given-up\n");
    Identity identity = identity(Map.of());
    assertThat(identity.clusterId()).isEqualTo("shared");
    identity.erasing(() -> new IdentityFiles(new Etc(directory)).renewIds());
    assertThat(identity.clusterId()).isEqualTo("shared");
    Files.writeString(cfg, "clusterId = given-up\n");
    assertThat(identity.clusterId()).isEqualTo("shared");
    Files.writeString(cfg, "clusterId = shared\n");
    assertThat(identity(Map.of()).clusterId()).isEqualTo("shared");
  }

  @Test
  void whereEtcCannotBeWrittenIdsAndSecretAreInVar() throws IOException {
    Files.createDirectories(directory.resolve(".org.candor.identity.ids.new/x"));
    Files.createDirectories(directory.resolve(".org.candor.identity.secret.new/x"));
    Files.writeString(cfg, "version = 1\n");
    String id = identity(Map.of()).clusterId();
    String user = identity(Map.of()).uiUsers(Set.of("jane")).get("jane");
    assertThat(ids).doesNotExist();
    assertThat(Files.readString(base.resolve("var/candor/org.candor.identity.ids"))).contains(id);
    assertThat(identity(Map.of()).clusterId()).isEqualTo(id);
    assertThat(identity(Map.of()).uiUsers(Set.of("jane")).get("jane")).isEqualTo(user);
  }

  /** As earlier builds wrote it, and as administrators copy it from node to node. */
  @Test
  void aSecretOfPlainDigitsIsRead() throws IOException {
    Files.writeString(directory.resolve("org.candor.identity.secret"), "ab".repeat(32) + "\n");
    String pseudonym = identity(Map.of()).uiUsers(Set.of("jane")).get("jane");
    Files.writeString(
        directory.resolve("org.candor.identity.secret"),
        "# Candor keeps this file; nobody else writes it. Generation 7\n" + "ab".repeat(32));
    assertThat(identity(Map.of()).uiUsers(Set.of("jane")).get("jane")).isEqualTo(pseudonym);
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
        .endsWith("The cluster's id stays as it is.");
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
    Files.createDirectories(directory.resolve(".org.candor.identity.ids.new/x"));
    Files.createDirectories(base.resolve("var/candor/.org.candor.identity.ids.new/x"));
    assertThatThrownBy(() -> identity(Map.of()).clusterId())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No clusterId can be generated")
        .hasMessageContaining("set clusterId in etc/org.candor.identity.cfg");
    Files.writeString(cfg, "clusterId = the-owners\n");
    assertThat(identity(Map.of()).clusterId()).isEqualTo("the-owners");
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
    WebUsers users =
        new WebUsers(new Settings("f", line -> {}), user -> Optional.of(secrets.get(0) + user));
    assertThat(users.of(Set.of("jane"))).containsEntry("jane", "one jane");
    secrets.set(0, "two ");
    assertThat(users.of(Set.of("jane"))).containsEntry("jane", "two jane");
  }

  private Identity identity(Map<String, String> values) {
    return IdentityFixture.identity(new Etc(directory), () -> {}, values);
  }

  private static String text(Identity identity, String name) throws IOException {
    return identity.facts().stream()
        .filter(fact -> fact.name().equals(name))
        .map(fact -> ((Value.Text) fact.value()).text())
        .findFirst()
        .orElseThrow();
  }
}
