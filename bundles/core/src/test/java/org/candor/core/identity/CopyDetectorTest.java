package org.candor.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.candor.core.MovableClock;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An installation at its place, and copied to another. */
class CopyDetectorTest {

  private static final String MACHINE = "0123456789abcdef0123456789abcdef";

  @TempDir Path scratch;
  private final MovableClock clock = new MovableClock();
  private Path first;
  private Path second;
  private Path root;

  @BeforeEach
  void install() throws IOException {
    first = Files.createDirectories(scratch.resolve("first"));
    second = scratch.resolve("second");
    root = Files.createDirectories(scratch.resolve("root/etc")).getParent();
    machine(MACHINE);
    Files.createDirectories(first.resolve("etc"));
    Files.createDirectories(first.resolve("var"));
  }

  @Test
  void aPlaceIsTakenSilentlyAndKeptAsDigests() throws IOException {
    cfg(first, "clusterId = c\nnodeId = n\n");
    assertThat(installation(first).check()).isEmpty();
    assertThat(installation(first).check()).isEmpty();
    String kept =
        Files.readString(first.resolve("etc/org.candor.identity.ids"))
            + Files.readString(first.resolve("var/place"));
    assertThat(kept).contains("path = ", "machine = ").doesNotContain(first.toString(), MACHINE);
  }

  @Test
  void aCopyHasANodesIdOfItsOwnAndItsClustersAndSaysSinceWhenForGood() throws IOException {
    Identity original = identity(first);
    String cluster = original.clusterId();
    String node = node(original);
    copy(first, second);
    Identity copy = identity(second);
    assertThat(node(copy)).isNotEqualTo(node).matches("[0-9a-f-]{36}");
    assertThat(copy.clusterId()).isEqualTo(cluster);
    Instant since = installation(second).copied().orElseThrow();
    assertThat(since).isEqualTo(clock.instant());
    clock.advance(Duration.ofDays(1));
    assertThat(installation(second).copied()).contains(since);
    assertThat(node(identity(second))).isEqualTo(node(copy));
    assertThat(node(identity(first))).isEqualTo(node);
    assertThat(installation(first).copied()).isEmpty();
  }

  @Test
  void whatBeginsFromAnImageIsACopyWhereverItIs() throws IOException {
    identity(first).clusterId();
    Instant prepared = clock.instant();
    new IdentityFiles(new Etc(first.resolve("etc"))).removeIds(first.resolve("var"), prepared);
    copy(first, second);
    clock.advance(Duration.ofDays(1));
    for (Path base : List.of(first, second)) {
      identity(base).clusterId();
      assertThat(installation(base).copied()).as("no grant of before counts").contains(prepared);
    }
  }

  @Test
  void aNodesIdInTheOwnersFileIsTheOriginalsUntilItNamesAnother() throws IOException {
    cfg(first, "clusterId = c\nnodeId = the-original\n");
    assertThat(node(identity(first))).isEqualTo("the-original");
    copy(first, second);
    assertThat(node(identity(second))).isNotEqualTo("the-original");
    assertThat(identity(second).clusterId()).isEqualTo("c");
    cfg(second, "clusterId = c\nnodeId = the-copy\n");
    assertThat(node(identity(second))).isEqualTo("the-copy");
  }

  @Test
  void whoeverGivesTheCopyItsNodesIdBeforeItStartsIsObeyed() throws IOException {
    cfg(first, "nodeId = the-original\n");
    node(identity(first));
    copy(first, second);
    cfg(second, "nodeId = the-copy\n");
    assertThat(node(identity(second))).isEqualTo("the-copy");
    assertThat(installation(second).copied()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"etc", "var"})
  void eitherFolderAloneTellsThatItIsFromElsewhere(String folder) throws IOException {
    node(identity(first));
    copy(first.resolve(folder), second.resolve(folder));
    Files.createDirectories(second.resolve("etc"));
    assertThat(installation(second).copied()).isPresent();
  }

  @Test
  void anotherStoreThatIsFromElsewhereDoesSoToo() throws IOException {
    String node = node(identity(first));
    Files.createDirectories(second.resolve("etc"));
    node(identity(second));
    Path[] store = {first.resolve("var")};
    CopyDetector installation =
        new CopyDetector(
            first,
            new IdentityFiles(new Etc(first.resolve("etc"))),
            () -> {},
            () -> store[0],
            new MachineId(root, Map.of()),
            clock);
    assertThat(installation.check()).isEmpty();
    store[0] = second.resolve("var");
    assertThat(installation.check()).isPresent();
    assertThat(node(identity(first))).as("its ids were its own").isEqualTo(node);
  }

  @Test
  void anotherMachineIsAnotherPlaceOutsideContainersOnly() throws IOException {
    installation(first).check();
    machine("f".repeat(32));
    for (Map<String, String> container :
        List.of(Map.of("container", "podman"), Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"))) {
      assertThat(installation(first, container).check()).isEmpty();
    }
    for (String sign : List.of(".dockerenv", "run/.containerenv")) {
      Path file = root.resolve(sign);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
      assertThat(installation(first).check()).as(sign).isEmpty();
      Files.delete(file);
    }
    Files.createDirectories(root.resolve("proc/1"));
    Files.writeString(root.resolve("proc/1/cgroup"), "0::/docker/4711\n");
    assertThat(installation(first).check()).isEmpty();
    Files.writeString(root.resolve("proc/1/cgroup"), "0::/init.scope\n");
    assertThat(installation(first).check()).isPresent();
  }

  @Test
  void aMachineThatHasNoIdYetIsNoOther() throws IOException {
    installation(first).check();
    machine("uninitialized");
    assertThat(installation(first).check()).isEmpty();
  }

  @Test
  void aCopyThatCannotBeNotedTellsSoAndIsFoundAgain() throws IOException {
    node(identity(first));
    copy(first, second);
    Path inTheWay = Files.createDirectories(second.resolve("etc/.org.candor.identity.ids.new/x"));
    Path too = Files.createDirectories(second.resolve("var/candor/.org.candor.identity.ids.new/x"));
    assertThatThrownBy(() -> identity(second).facts()).isInstanceOf(IOException.class);
    Files.delete(inTheWay);
    Files.delete(too);
    assertThat(installation(second).copied()).isPresent();
  }

  @Test
  void aPlaceThatCannotBeNotedKeepsNothingBack() throws IOException {
    cfg(first, "clusterId = c\nnodeId = n\n");
    Files.createDirectories(first.resolve("etc/.org.candor.identity.ids.new/x"));
    Files.createDirectories(first.resolve("var/candor/.org.candor.identity.ids.new/x"));
    assertThat(identity(first).clusterId()).isEqualTo("c");
  }

  private void machine(String id) throws IOException {
    Files.writeString(root.resolve("etc/machine-id"), id + "\n");
  }

  private static void cfg(Path base, String text) throws IOException {
    Files.writeString(base.resolve("etc/org.candor.identity.cfg"), text);
  }

  private CopyDetector installation(Path base) {
    return installation(base, Map.of());
  }

  private CopyDetector installation(Path base, Map<String, String> environment) {
    return installation(base, environment, new IdentityFiles(new Etc(base.resolve("etc"))));
  }

  private CopyDetector installation(
      Path base, Map<String, String> environment, IdentityFiles files) {
    return new CopyDetector(
        base, files, () -> {}, () -> base.resolve("var"), new MachineId(root, environment), clock);
  }

  private Identity identity(Path base) {
    Etc etc = new Etc(base.resolve("etc"));
    IdentityFiles files = new IdentityFiles(etc);
    return new Identity(
        etc,
        IdentityFixture.machine(),
        files,
        installation(base, Map.of(), files),
        Runnable::run,
        IdentityFixture.config(Map.of()));
  }

  private static String node(Identity identity) throws IOException {
    identity.facts();
    return identity.known().stream()
        .filter(named -> named.name().equals("nodeId"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }
}
