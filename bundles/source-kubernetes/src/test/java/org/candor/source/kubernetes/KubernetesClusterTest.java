package org.candor.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.candor.api.Deadline;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceException;
import org.candor.http.client.LocalTransport;
import org.candor.http.testing.Eventually;
import org.candor.source.kubernetes.spec.SpecState;
import org.candor.source.kubernetes.spec.SpecWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class KubernetesClusterTest {

  private static final SpecWatch.Pace QUICK =
      new SpecWatch.Pace(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(30));
  private static final String VERSION = "{\"major\":\"1\",\"gitVersion\":\"v1.31.2+k3s1\"}";

  private final LocalTransport http = LocalTransport.open();
  private final Registry registry = new Registry();
  private FakeKubernetes api;

  @BeforeEach
  void open() throws Exception {
    api = FakeKubernetes.http().with("/version", VERSION);
  }

  @AfterEach
  void close() throws Exception {
    http.close();
    api.close();
  }

  @Test
  void withoutAnAddressItIsSilentAndStartsNothing() throws Exception {
    KubernetesCluster cluster = cluster(Keys.none());
    assertThat(word()).isEqualTo(LayerAnswer.SILENT);
    assertThat(registry.layer().verdict(Purpose.USAGE).why())
        .startsWith("not configured: Set apiUrl in etc/org.candor.source.kubernetes.cfg");
    assertThat(observe(cluster).advice()).contains(cluster.setup().advice());
    assertThat(watching()).isFalse();
    cluster.deactivate();
    assertThat(registry.gone()).isTrue();
  }

  @Test
  void aRefusedValueIsNoYes() throws Exception {
    KubernetesCluster cluster = cluster(Keys.of("http://k.example"));
    assertThat(word()).isEqualTo(LayerAnswer.UNKNOWN);
    assertThat(registry.layer().verdict(Purpose.USAGE).why()).contains("Correct apiUrl");
    assertThat(observe(cluster).advice()).isPresent();
    cluster.deactivate();
  }

  @Test
  void everyChangeOfTheWordIsAnnounced() {
    api.put("example", "{\"disableTelemetry\":true}");
    KubernetesCluster cluster = cluster(Keys.of(api.url()));
    Eventually.is(() -> word() == LayerAnswer.FORBIDS);
    Eventually.is(() -> registry.properties().size() == 2);
    assertThat(registry.properties())
        .allMatch(properties -> "cluster-spec".equals(properties.get(LayerName.PROPERTY)))
        .extracting(properties -> properties.get("service.changecount"))
        .doesNotHaveDuplicates();
    api.put("example", "{\"disableTelemetry\":\"no\"}");
    Eventually.is(
        () ->
            registry
                .layer()
                .verdict(Purpose.USAGE)
                .why()
                .contains("spec.disableTelemetry = \"no\""));
    assertThat(word()).isEqualTo(LayerAnswer.FORBIDS);
    api.put("example", "{}");
    Eventually.is(() -> word() == LayerAnswer.SILENT);
    Eventually.is(() -> registry.properties().size() == 3);
    cluster.deactivate();
    assertThat(watching()).isFalse();
  }

  @Test
  void anotherConfigurationIsObeyed() throws Exception {
    api.put("a", "{\"disableTelemetry\":true}").put("b", "{\"disableTelemetry\":false}");
    KubernetesCluster cluster = cluster(Keys.of(api.url()));
    Eventually.is(() -> word() == LayerAnswer.FORBIDS);
    cluster.modified(Keys.of(api.url()).named("b", "storageos"));
    Eventually.is(() -> word() == LayerAnswer.ALLOWS);
    Eventually.is(() -> api.asked().stream().anyMatch(path -> path.contains("%3Db&watch=true")));
    int asked = api.asked().size();
    cluster.modified(Keys.of(api.url()).named("b", "storageos").distribution("eks"));
    cluster.modified(Keys.of("nonsense").named("b", "storageos").distribution("eks"));
    assertThat(word()).isEqualTo(LayerAnswer.ALLOWS);
    assertThat(api.asked()).hasSize(asked);
    try (FakeKubernetes other = FakeKubernetes.http()) {
      other.lists(FakeKubernetes.status(403));
      cluster.modified(Keys.of(other.url()));
      assertThat(word()).isEqualTo(LayerAnswer.UNKNOWN);
    }
    cluster.modified(Keys.none());
    assertThat(word()).isEqualTo(LayerAnswer.SILENT);
    assertThat(watching()).isFalse();
    cluster.deactivate();
  }

  @Test
  void everyVerdictNamesItsTarget() throws Exception {
    api.put("c1", "{\"disableTelemetry\":false}");
    KubernetesCluster cluster = cluster(Keys.of(api.url() + "/").named("c1", "ns"));
    assertThat(verdict().target()).isEqualTo(api.url() + " StorageOSCluster ns/c1");
    Eventually.is(() -> word() == LayerAnswer.ALLOWS);
    for (Purpose purpose : Purpose.values()) {
      assertThat(registry.layer().verdict(purpose).target())
          .isEqualTo(api.url() + " StorageOSCluster ns/c1");
    }
    cluster.modified(Keys.none());
    assertThat(verdict().target()).isEmpty();
    cluster.modified(Keys.of(api.url()).named("", "*").kind("Cluster.v1.example.com"));
    assertThat(verdict().target()).isEqualTo(api.url() + " Cluster.v1.example.com */*");
    cluster.deactivate();
  }

  static Stream<UnaryOperator<Keys>> otherTargets() {
    return Stream.of(
        keys -> keys.named("c2", keys.namespace()),
        keys -> keys.named(keys.specName(), "other"),
        keys -> keys.kind("StorageOSCluster.v1.storageos.com"),
        keys -> Keys.of("http://127.0.0.1:1").named(keys.specName(), keys.namespace()));
  }

  @ParameterizedTest
  @MethodSource("otherTargets")
  void whatOneTargetSaidIsNotSaidByAnother(UnaryOperator<Keys> change) {
    api.put("c1", "{\"disableTelemetry\":false}");
    Keys keys = Keys.of(api.url()).named("c1", "ns");
    KubernetesCluster cluster = cluster(keys);
    Eventually.is(() -> word() == LayerAnswer.ALLOWS);
    String before = verdict().target();
    api.lists(FakeKubernetes.status(500));
    int announced = registry.properties().size();
    cluster.modified(change.apply(keys));
    assertThat(word()).isEqualTo(LayerAnswer.UNKNOWN);
    assertThat(verdict().target()).isNotEqualTo(before);
    assertThat(registry.properties()).hasSizeGreaterThan(announced);
    Eventually.is(() -> verdict().why().contains("cannot be read since"));
    assertThat(word()).isEqualTo(LayerAnswer.UNKNOWN);
    cluster.deactivate();
  }

  @Test
  void aReadingOfAnotherTargetIsNotTaken() {
    SpecState yes = new SpecState.NotConfigured("");
    SpecLayer layer = new SpecLayer("one", new SpecState.Unread("", Optional.empty()));
    assertThat(layer.update("another", yes)).isFalse();
    assertThat(layer.verdict(Purpose.USAGE).answer()).isEqualTo(LayerAnswer.UNKNOWN);
    assertThat(layer.update("one", yes)).isTrue();
    assertThat(layer.verdict(Purpose.USAGE).answer()).isEqualTo(LayerAnswer.SILENT);
  }

  @Test
  void versionAndDistributionAreToldTogetherOrNotAtAll() throws Exception {
    api.put("example", "{\"disableTelemetry\":false}");
    KubernetesCluster cluster = cluster(Keys.of(api.url()));
    Eventually.is(() -> word() == LayerAnswer.ALLOWS);
    assertThat(observe(cluster)).isEqualTo(Observation.builder().build());
    assertThat(api.asked()).doesNotContain("/version");
    api.put("example", "{\"k8sDistro\":\"openshift\"}");
    Eventually.is(() -> word() == LayerAnswer.SILENT);
    assertThat(observe(cluster).facts()).containsExactlyElementsOf(facts("openshift"));
    cluster.modified(Keys.of(api.url()).distribution("eks"));
    assertThat(observe(cluster).facts()).containsExactlyElementsOf(facts("eks"));
    api.with("/version", "{}");
    assertThatThrownBy(() -> observe(cluster))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("no gitVersion");
    cluster.deactivate();
  }

  @Test
  void aKindIsFoundByDiscovery() {
    api.with("/apis", "{\"groups\":[" + group("apps/v1") + "," + group("storageos.com/v1") + "]}")
        .with("/apis/apps/v1", "{\"resources\":[]}")
        .with(
            "/apis/storageos.com/v1",
            """
            {"resources":[
              {"name":"clusters","kind":"Cluster","namespaced":false,"verbs":["list"]},
              {"name":"clusters/status","kind":"Cluster","namespaced":false}]}""")
        .put("example", "{\"disableTelemetry\":true}");
    for (String kind :
        List.of("Cluster", "Cluster.v1.storageos.com", "clusters.v1.storageos.com")) {
      KubernetesCluster cluster = cluster(Keys.of(api.url()).kind(kind));
      Eventually.is(() -> word() == LayerAnswer.FORBIDS);
      assertThat(api.asked()).contains("/apis/storageos.com/v1/clusters");
      cluster.deactivate();
    }
    for (String kind : List.of("Unheard", "Cluster.v2.storageos.com")) {
      KubernetesCluster cluster = cluster(Keys.of(api.url()).kind(kind));
      Eventually.is(() -> registry.layer().verdict(Purpose.USAGE).why().contains("installed"));
      assertThat(word()).isEqualTo(LayerAnswer.UNKNOWN);
      cluster.deactivate();
    }
  }

  @Test
  void aKindInTwoGroupsIsNotGuessed() {
    String resources =
        "{\"resources\":[{\"name\":\"clusters\",\"kind\":\"Cluster\",\"namespaced\":true}]}";
    api.with("/apis", "{\"groups\":[" + group("a.example/v1") + "," + group("b.example/v1") + "]}")
        .with("/apis/a.example/v1", resources)
        .with("/apis/b.example/v1", resources);
    KubernetesCluster cluster = cluster(Keys.of(api.url()).kind("Cluster"));
    Eventually.is(
        () -> registry.layer().verdict(Purpose.USAGE).why().contains("in several groups"));
    assertThat(word()).isEqualTo(LayerAnswer.UNKNOWN);
    cluster.deactivate();
  }

  private static String group(String groupVersion) {
    return "{\"name\":\"x\",\"preferredVersion\":{\"groupVersion\":\"" + groupVersion + "\"}}";
  }

  private static List<Fact> facts(String distribution) {
    return List.of(
        new Fact(FactNames.KUBERNETES_DISTRIBUTION, "", new Value.Text(distribution)),
        new Fact(FactNames.KUBERNETES_VERSION, "", new Value.Text("v1.31.2+k3s1")));
  }

  private KubernetesCluster cluster(Config config) {
    Pod outside = new Pod(Map.of(), Path.of("/account"));
    return new KubernetesCluster(http, registry.context(), config, outside, QUICK);
  }

  private static Observation observe(KubernetesCluster cluster) throws SourceException {
    return new VersionSource(cluster)
        .observe(Deadline.after(Duration.ofSeconds(10), Clock.systemUTC()));
  }

  private LayerAnswer word() {
    return verdict().answer();
  }

  private Verdict verdict() {
    return registry.layer().verdict(Purpose.USAGE);
  }

  private static boolean watching() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("candor-kubernetes"));
  }
}
