package org.candor.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.candor.source.kubernetes.api.ApiServerAccess;
import org.candor.source.kubernetes.spec.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetupReaderTest {

  private static final Path ACCOUNT = Path.of("/account");
  private static final Pod OUTSIDE = new Pod(Map.of(), ACCOUNT);

  private final List<String> refused = new ArrayList<>();

  @Test
  void outsideAPodNothingIsConfigured() {
    Setup setup = read(OUTSIDE, Keys.none());
    assertThat(setup.target()).isEmpty();
    assertThat(setup.refused()).isFalse();
    assertThat(setup.advice())
        .isEqualTo(
            "Set apiUrl in etc/org.candor.source.kubernetes.cfg, or run Candor in a pod of the"
                + " cluster.");
  }

  @ParameterizedTest
  @CsvSource({"10.96.0.1, https://10.96.0.1:443", "fd00::1, https://[fd00::1]:443"})
  void inAPodTheServiceAccountIsUsed(String host, String url) {
    Setup.Target target = read(pod(host), Keys.none()).target().orElseThrow();
    ApiServerAccess access = target.access();
    assertThat(access.base()).hasToString(url);
    assertThat(access.tokenFile()).contains(Path.of("/account/token"));
    assertThat(access.caFile()).contains(Path.of("/account/ca.crt"));
    Selection selection = target.selection();
    assertThat(selection.kind().word()).isEqualTo("StorageOSCluster");
    assertThat(selection.namespaceFile()).contains(Path.of("/account/namespace"));
  }

  @Test
  void anotherServerGetsNothingOfThePods() {
    Setup.Target target =
        read(pod("10.96.0.1"), Keys.of("https://elsewhere.example:6443/k8s/")).target().get();
    assertThat(target.access().tokenFile()).isEmpty();
    assertThat(target.access().caFile()).isEmpty();
    assertThat(target.selection().namespaceFile()).isEmpty();
  }

  @Test
  void whatIsWrittenCountsInAPodToo() {
    Setup setup =
        read(
            pod("10.96.0.1"),
            Keys.none().files("/t", "/c").named("mine", "storage").distribution("openshift"));
    Setup.Target target = setup.target().orElseThrow();
    assertThat(target.access().tokenFile()).contains(Path.of("/t"));
    assertThat(target.access().caFile()).contains(Path.of("/c"));
    assertThat(target.selection().name()).isEqualTo("mine");
    assertThat(target.selection().namespace()).isEqualTo("storage");
    assertThat(target.selection().namespaceFile()).isEmpty();
    assertThat(setup.distribution()).isEqualTo("openshift");
    Selection everywhere =
        read(pod("10.96.0.1"), Keys.none().named("", "*")).target().orElseThrow().selection();
    assertThat(everywhere.namespace()).isEmpty();
    assertThat(everywhere.namespaceFile()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://k.example",
        "http://127.0.0.1:8001",
        "http://[::1]:8001",
        "http://localhost:8001/a"
      })
  void aTokenMayCrossThisMachineOnly(String url) {
    assertThat(read(OUTSIDE, Keys.of(url)).target()).isPresent();
    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://k.example",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "https://u:p@k.example",
        "https://k.example?a=b",
        "ftp://k.example",
        "k.example"
      })
  void otherUrlsAreRefusedAndNothingIsAssumed(String url) {
    Setup setup = read(pod("10.96.0.1"), Keys.of(url));
    assertThat(setup.target()).isEmpty();
    assertThat(setup.refused()).isTrue();
    assertThat(setup.advice()).startsWith("Correct apiUrl in etc/");
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0))
        .startsWith("etc/org.candor.source.kubernetes.cfg: apiUrl = ")
        .contains("allowed is a URL that begins with https://")
        .doesNotContain("u:p");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', ''",
    "'Storage OS', '', ''",
    "'StorageOSCluster.v1', '', ''",
    "'../secrets', '', ''",
    "StorageOSCluster, 'a/b', ''",
    "StorageOSCluster, 'Upper', ''",
    "StorageOSCluster, '', 'a/../b'",
    "StorageOSCluster, '', '**'"
  })
  void whatIsNoNameIsRefused(String kind, String name, String namespace) {
    Setup setup = read(OUTSIDE, Keys.of("https://k.example").kind(kind).named(name, namespace));
    assertThat(setup.refused()).isTrue();
    assertThat(refused).hasSize(1);
  }

  @Test
  void theLastGoodValueStays() {
    SetupReader reader = new SetupReader(OUTSIDE, refused::add);
    Setup good = reader.read(Keys.of("https://k.example"));
    assertThat(reader.read(Keys.of("http://k.example"))).isEqualTo(good);
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0)).endsWith("It stays https://k.example.");
  }

  private Setup read(Pod pod, Config config) {
    return new SetupReader(pod, refused::add).read(config);
  }

  private static Pod pod(String host) {
    return new Pod(
        Map.of("KUBERNETES_SERVICE_HOST", host, "KUBERNETES_SERVICE_PORT", "443"), ACCOUNT);
  }
}
