package org.candor.source.storageos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.candor.source.storageos.Observing.count;
import static org.candor.source.storageos.Observing.failure;
import static org.candor.source.storageos.Observing.observe;
import static org.candor.source.storageos.Observing.text;

import java.io.IOException;
import org.candor.api.fact.FactNames;
import org.candor.api.source.FailureReason;
import org.candor.api.source.HealthSource;
import org.candor.api.source.SourceException;
import org.candor.http.client.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class VersionOneTest {

  private final LocalTransport http = LocalTransport.open();
  private FakeStorage storage;

  @BeforeEach
  void cluster() throws IOException {
    storage =
        new FakeStorage()
            .with("/v1/nodes", nodes(node("1.5.3", "b9", "2f1"), node("1.5.3", "b9", "2f1")))
            .with(
                "/v1/pools",
                "[{\"id\":\"0ee42bdc\",\"name\":\"default\",\"default\":true,\"nodes\":[{\"id\":"
                    + "\"68ed\",\"devices\":[{\"ID\":\"42cd\"}]}],\"labels\":null},{\"id\":\"1\"}]")
            .with(
                "/v1/namespaces",
                "[{\"id\":\"8768880e\",\"name\":\"default\",\"labels\":null,\"createdAt\":"
                    + "\"2017-02-17T20:04:47.031685185Z\"},{\"name\":\"team a/ü\",\"id\":\"44\"}]")
            .with(
                "/v1/namespaces/default/volumes",
                "["
                    + String.join(
                        ",",
                        volume("healthy", 5),
                        volume("healthy", 5),
                        volume("healthy", 5),
                        volume("syncing", 1),
                        volume("syncing", 1),
                        volume("suspect", 1),
                        volume("degraded", 1),
                        volume("degraded", 1),
                        volume("degraded", 1),
                        volume("degraded", 1),
                        volume("decommissioned", 1),
                        volume("dead", 1),
                        volume("", 1),
                        "{\"size\":1,\"health\":null}",
                        "{\"size\":1}")
                    + "]")
            .with("/v1/namespaces/default/rules", "[{\"id\":\"17490903\",\"active\":true}]")
            .with(
                "/v1/namespaces/team%20a%2F%C3%BC/volumes",
                "[" + volume("offline", 100) + "," + volume("offline", 0) + "]")
            .with("/v1/namespaces/team%20a%2F%C3%BC/rules", "[{},{}]")
            .with(
                "/v1/licencing",
                "{\"arrayUUID\":\"67f36f7d\",\"customerID\":\"abc\",\"customerName\":\"efg\","
                    + "\"storage\":100,\"validUntil\":\"0001-01-01T00:00:00Z\",\"licenceType\":"
                    + "\"basic\",\"features\":{\"HA\":true},\"unregistered\":true}");
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    storage.close();
  }

  @Test
  void theInventoryIsCounted() throws Exception {
    assertThat(observe(inventory()))
        .containsExactly(
            text(FactNames.STORAGE_VERSION, "1.5.3"),
            text(FactNames.STORAGE_BUILD, "b9"),
            text(FactNames.STORAGE_API_VERSION, "1"),
            text(FactNames.STORAGE_RUNTIME_VERSION, "go1.9.1"),
            text(FactNames.STORAGE_OS, "linux"),
            text(FactNames.STORAGE_ARCH, "amd64"),
            count(FactNames.STORAGE_NODES, 2),
            count(FactNames.STORAGE_POOLS, 2),
            count(FactNames.STORAGE_NAMESPACES, 2),
            count(FactNames.STORAGE_RULES, 3),
            count(FactNames.STORAGE_VOLUMES, 17),
            count(FactNames.STORAGE_VOLUMES_HEALTHY, 3),
            count(FactNames.STORAGE_VOLUMES_SYNCING, 2),
            count(FactNames.STORAGE_VOLUMES_SUSPECT, 1),
            count(FactNames.STORAGE_VOLUMES_DEGRADED, 4),
            count(FactNames.STORAGE_VOLUMES_OFFLINE, 2),
            count(FactNames.STORAGE_VOLUMES_BYTES, 127L << 30));
    assertThat(storage.asked())
        .containsExactly(
            "GET /v1/nodes",
            "GET /v1/pools",
            "GET /v1/namespaces",
            "GET /v1/namespaces/default/volumes",
            "GET /v1/namespaces/default/rules",
            "GET /v1/namespaces/team%20a%2F%C3%BC/volumes",
            "GET /v1/namespaces/team%20a%2F%C3%BC/rules");
  }

  @Test
  void theLicenceIsATypeAndNothingElse() throws Exception {
    assertThat(observe(licence())).containsExactly(text(FactNames.STORAGE_LICENSE_TYPE, "basic"));
    storage.with("/v1/licencing", "{\"unregistered\":true}");
    assertThat(observe(licence())).isEmpty();
  }

  @Test
  void whatMostNodesRunIsTheClustersVersion() throws Exception {
    storage.with(
        "/v1/nodes",
        nodes(node("1.4.0", "", "aaa"), node("1.5.0", "", "bbb"), node("1.5.0", "", "bbb"), "{}"));
    assertThat(observe(inventory()))
        .startsWith(text(FactNames.STORAGE_VERSION, "1.5.0"), text(FactNames.STORAGE_BUILD, "bbb"))
        .contains(count(FactNames.STORAGE_NODES, 4));
  }

  @Test
  void theServerIsAskedWhenNoNodeTells() throws Exception {
    storage.with("/v1/nodes", "[{\"versionInfo\":null},{\"versionInfo\":{\"other\":{}}}]");
    assertThat(observe(inventory()).get(0)).isEqualTo(count(FactNames.STORAGE_NODES, 2));
    storage.with("/version", "{\"version\":\"1.2.1\",\"goVersion\":\"go1.9.1\"}");
    assertThat(observe(inventory()))
        .startsWith(
            text(FactNames.STORAGE_VERSION, "1.2.1"),
            text(FactNames.STORAGE_RUNTIME_VERSION, "go1.9.1"),
            count(FactNames.STORAGE_NODES, 2));
  }

  @Test
  void anOldClusterHasControllers() throws Exception {
    storage.close();
    storage =
        new FakeStorage()
            .with("/v1/controllers", nodes(node("0.9.2", "", "aaa")))
            .with("/v1/pools", "null")
            .with("/v1/namespaces", "[]");
    assertThat(observe(inventory()))
        .contains(
            text(FactNames.STORAGE_VERSION, "0.9.2"),
            count(FactNames.STORAGE_NODES, 1),
            count(FactNames.STORAGE_POOLS, 0),
            count(FactNames.STORAGE_VOLUMES, 0),
            count(FactNames.STORAGE_VOLUMES_HEALTHY, 0),
            count(FactNames.STORAGE_VOLUMES_BYTES, 0));
  }

  @Test
  void aLicenceThatMayNotBeReadCostsTheLicenceOnly() throws Exception {
    storage.refusing("/v1/licencing", 403);
    assertThat(observe(inventory())).isNotEmpty();
    SourceException failure = failure(licence());
    assertThat(failure.reason()).isEqualTo(FailureReason.REFUSED);
    assertThat(failure)
        .hasMessage(
            "GET " + storage.url() + "/v1/licencing: answered 403; the user may not read this.");
  }

  @Test
  void aWrongPasswordIsSaidAndNeverShown() {
    StorageOsCluster cluster =
        new StorageOsCluster(http, new Keys(storage.url(), "v1", Keys.USER, "another secret"));
    SourceException failure = failure(new InventorySource(cluster));
    assertThat(failure.reason()).isEqualTo(FailureReason.REFUSED);
    assertThat(failure)
        .hasMessageEndingWith("/v1/nodes: answered 401; check username and password.");
  }

  private HealthSource inventory() {
    return new InventorySource(new StorageOsCluster(http, Keys.of(storage.url() + "/", "v1")));
  }

  private HealthSource licence() {
    return new LicenceSource(new StorageOsCluster(http, Keys.of(storage.url(), "v1")));
  }

  private static String nodes(String... nodes) {
    return "[" + String.join(",", nodes) + "]";
  }

  private static String node(String version, String buildRef, String revision) {
    return """
        {"id": "68ed109e", "hostname": "", "address": "172.28.128.3", "apiPort": 5705,
         "labels": {"location": "london"}, "devices": [{"ID": "42cd02ed", "labels": {}}],
         "name": "storageos-1-54179", "health": "healthy",
         "versionInfo": {"storageos": {"name": "storageos", "buildDate": "2018-04-03T142531Z",
           "buildRef": "%s", "revision": "%s", "version": "%s", "apiVersion": "1",
           "goVersion": "go1.9.1", "os": "linux", "arch": "amd64", "kernelVersion": "",
           "experimental": false}},
         "version": "StorageOS karolis (5874fd7), built: 2018-04-03T142531Z"}"""
        .formatted(buildRef, revision, version);
  }

  private static String volume(String health, int size) {
    return """
        {"createdAt": "0001-01-01T00:00:00Z", "health": "%s", "id": "671e90a2", "inode": 137190,
         "labels": {"storageos.driver": "filesystem"},
         "master": {"node": "01c43d34", "health": "suspect", "inode": 166017},
         "mounted": false, "name": "pvc-c46b39a3", "pool": "b4c87d6c",
         "replicas": [{"health": "dead"}], "size": %d, "status": "active"}"""
        .formatted(health, size);
  }
}
