package org.candor.source.storageos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.candor.source.storageos.Observing.count;
import static org.candor.source.storageos.Observing.failure;
import static org.candor.source.storageos.Observing.observe;
import static org.candor.source.storageos.Observing.text;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.Throwables;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.http.client.LocalTransport;
import org.candor.http.testing.SocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class VersionTwoTest {

  private final LocalTransport http = LocalTransport.open();
  private FakeStorage storage;
  private StorageOsCluster cluster;

  @BeforeEach
  void cluster() throws IOException {
    storage =
        new FakeStorage()
            .with("/v2/nodes", "[" + node() + "," + node() + "," + node() + "]")
            .with("/v2/namespaces", "[" + namespace("n-1") + "," + namespace("n 2") + "]")
            .with(
                "/v2/namespaces/n-1/volumes",
                "["
                    + String.join(
                        ",",
                        volume("online", "{\"storageos.com/replicas\":\"1\"}", "[" + ready() + "]"),
                        volume("online", "null", "null"),
                        volume("online", "{\"a\":\"1\"}", "[" + syncing() + "," + ready() + "]"),
                        volume("online", "{\"storageos.com/replicas\":\"2\"}", "[]"),
                        volume("offline", "{}", "[]"),
                        volume("unknown", "{}", "[]"),
                        "{\"sizeBytes\":1,\"master\":null}",
                        "{\"sizeBytes\":1}")
                    + "]")
            .with(
                "/v2/namespaces/n%202/volumes",
                "[" + volume("online", "{}", "[{\"health\":\"unknown\"}]") + "]")
            .with(
                "/v2/cluster/licence",
                "{\"clusterID\":\"c5666b58\",\"expiresAt\":\"2019-03-10T13:42:42Z\","
                    + "\"clusterCapacityBytes\":1000000,\"usedBytes\":42,\"kind\":\"professional\","
                    + "\"customerName\":\"Desmond\",\"features\":null,\"version\":\"NDI0\"}");
    cluster = new StorageOsCluster(http, Keys.of(storage.url(), "V2"));
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    storage.close();
  }

  @Test
  void theInventoryIsCounted() throws Exception {
    assertThat(observe(new InventorySource(cluster)))
        .containsExactly(
            text(FactNames.STORAGE_API_VERSION, "2"),
            count(FactNames.STORAGE_NODES, 3),
            count(FactNames.STORAGE_NAMESPACES, 2),
            count(FactNames.STORAGE_VOLUMES, 9),
            count(FactNames.STORAGE_VOLUMES_HEALTHY, 2),
            count(FactNames.STORAGE_VOLUMES_SYNCING, 1),
            count(FactNames.STORAGE_VOLUMES_SUSPECT, 1),
            count(FactNames.STORAGE_VOLUMES_DEGRADED, 1),
            count(FactNames.STORAGE_VOLUMES_OFFLINE, 1),
            count(FactNames.STORAGE_VOLUMES_BYTES, 7 * 5368709120L + 2));
  }

  @Test
  void poolsAreCountedWhereThereAreAny() throws Exception {
    storage.with("/v2/pools", "[{\"id\":\"p\",\"name\":\"fast-pool\"}]");
    assertThat(observe(new InventorySource(cluster))).contains(count(FactNames.STORAGE_POOLS, 1));
    storage.refusing("/v2/pools", 403);
    assertThat(failure(new InventorySource(cluster)).reason()).isEqualTo(FailureReason.REFUSED);
  }

  @Test
  void theLicenceIsAKindAndNothingElse() throws Exception {
    assertThat(observe(new LicenceSource(cluster)))
        .containsExactly(text(FactNames.STORAGE_LICENSE_TYPE, "professional"));
  }

  @Test
  void oneLoginServesAllRequestsOfBothSources() throws Exception {
    observe(new InventorySource(cluster));
    observe(new LicenceSource(cluster));
    assertThat(storage.logins()).isEqualTo(1);
    assertThat(storage.asked())
        .containsExactly(
            "POST /v2/auth/login",
            "GET /v2/nodes",
            "GET /v2/pools",
            "GET /v2/namespaces",
            "GET /v2/namespaces/n-1/volumes",
            "GET /v2/namespaces/n%202/volumes",
            "GET /v2/cluster/licence");
  }

  @Test
  void aTokenThatExpiresIsReplaced() throws Exception {
    List<Fact> expected = observe(new InventorySource(cluster));
    storage.tokensLast(2);
    cluster = new StorageOsCluster(http, Keys.of(storage.url(), "v2"));
    assertThat(observe(new InventorySource(cluster))).isEqualTo(expected);
    assertThat(storage.logins()).isEqualTo(1 + 3);
  }

  @Test
  void bothSourcesAtOnceShareTheNewToken() throws Exception {
    storage.tokensLast(1);
    observe(new LicenceSource(cluster));
    storage.tokensLast(100);
    CompletableFuture<List<Fact>> other = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                other.complete(observe(new LicenceSource(cluster)));
              } catch (Exception e) {
                other.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    observe(new InventorySource(cluster));
    assertThat(other.get(10, TimeUnit.SECONDS)).hasSize(1);
    assertThat(storage.logins()).isEqualTo(2);
  }

  @Test
  void aTokenThatIsNeverGoodIsNotAskedForAgainAndAgain() {
    storage.tokensLast(0);
    SourceException failure = failure(new InventorySource(cluster));
    assertThat(failure.reason()).isEqualTo(FailureReason.REFUSED);
    assertThat(storage.logins()).isEqualTo(2);
  }

  @Test
  void theTokenMayComeInTheBody() throws Exception {
    storage.putTokenInBody();
    assertThat(observe(new LicenceSource(cluster))).hasSize(1);
  }

  @Test
  void aWrongPasswordIsSaidAndNeverShown() {
    Keys keys = new Keys(storage.url(), "v2", Keys.USER, "another secret");
    SourceException failure = failure(new InventorySource(new StorageOsCluster(http, keys)));
    assertThat(failure.reason()).isEqualTo(FailureReason.REFUSED);
    assertThat(failure)
        .hasMessage(
            "POST " + storage.url() + "/v2/auth/login: answered 401; check username and password.");
    assertThat(Throwables.getStackTrace(failure)).doesNotContain("another secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"session\":null}",
        "{\"session\":{\"token\":\"a\\r\\nX-Injected: b\"}}",
        "{\"session\":{\"token\":\"\"}}",
        "{\"session\":{\"token\":1}}",
        "<html>",
        ""
      })
  void aLoginWithoutAUsableTokenIsMalformed(String body) throws IOException {
    try (SocketServer server =
        SocketServer.http(
            visit -> {
              visit.read();
              visit.answer(200, "Authorization: Bearer \r\n", body);
            })) {
      SourceException failure =
          failure(
              new LicenceSource(
                  new StorageOsCluster(http, Keys.of(server.uri("").toString(), "v2"))));
      assertThat(failure.reason()).isEqualTo(FailureReason.MALFORMED);
      assertThat(server.requests()).hasSize(1);
    }
  }

  private static String ready() {
    return "{\"id\":\"r1\",\"nodeID\":\"a\",\"health\":\"ready\",\"promotable\":true}";
  }

  private static String syncing() {
    return "{\"health\":\"syncing\",\"syncProgress\":{\"bytesRemaining\":500000}}";
  }

  private static String namespace(String id) {
    return "{\"labels\":{\"env\":\"prod\"},\"name\":\"dev\",\"id\":\"" + id + "\"}";
  }

  private static String node() {
    return """
        {"id": "c5666b58", "name": "db1", "health": "online", "capacity": {"total": 42},
         "ioEndpoint": "192.0.2.1:5703", "labels": {}, "cordoned": false, "version": "NDI0MjQy"}""";
  }

  private static String volume(String master, String labels, String replicas) {
    return """
        {"id": "c5666b58", "name": "app-data", "attachedOn": "", "nfs": {"exports": []},
         "namespaceID": "x", "labels": %s, "fsType": "ext4", "attachmentType": "host",
         "master": {"id": "d", "nodeID": "b", "health": "%s", "promotable": true},
         "replicas": %s, "sizeBytes": 5368709120, "createdAt": "2019-03-10T13:42:42Z",
         "version": "NDI0MjQyNDI0MjQyNDI0MjQy"}"""
        .formatted(labels, master, replicas);
  }
}
