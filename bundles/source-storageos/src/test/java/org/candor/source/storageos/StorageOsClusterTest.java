package org.candor.source.storageos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.candor.source.storageos.Observing.count;
import static org.candor.source.storageos.Observing.observe;
import static org.candor.source.storageos.Observing.soon;

import org.candor.api.fact.FactNames;
import org.candor.http.client.LocalTransport;
import org.candor.source.storageos.cluster.StorageOsCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class StorageOsClusterTest {

  private static final String URL = "http://127.0.0.1:1";

  private final LocalTransport http = LocalTransport.open();

  @AfterEach
  void close() {
    http.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', '', 'apiUrl, api, username, password'",
    "' ', v1, u, p, apiUrl",
    "http://h, '', u, p, api",
    "http://h, v2, '', p, username",
    "http://h, v2, u, '', password",
    "http://h, v3, u, p, api",
    "ftp://h, v1, u, p, apiUrl",
    "h:5705, v1, u, p, apiUrl",
    "http://u:p@h, v1, u, p, apiUrl"
  })
  void whatIsMissingIsNamed(String url, String api, String username, String password, String keys)
      throws Exception {
    StorageOsCluster cluster = new StorageOsCluster(http, new Keys(url, api, username, password));
    String advice = "Set " + keys + " in etc/org.candor.source.storageos.cfg.";
    assertThat(new InventorySource(cluster).observe(soon()).advice()).contains(advice);
    assertThat(new LicenceSource(cluster).observe(soon()).advice()).contains(advice);
  }

  @Test
  void theLastGoodValueStaysAndAnEmptyOneEndsIt() throws Exception {
    try (FakeStorage storage =
        new FakeStorage()
            .with("/v1/nodes", "[{}]")
            .with("/v1/pools", "[]")
            .with("/v1/namespaces", "[]")) {
      StorageOsCluster cluster = new StorageOsCluster(http, Keys.of(storage.url(), "v1"));
      InventorySource source = new InventorySource(cluster);
      cluster.modified(Keys.of("nonsense", "v9"));
      assertThat(observe(source)).contains(count(FactNames.STORAGE_NODES, 1));
      cluster.modified(Keys.of("", "v1"));
      assertThat(source.observe(soon()).advice()).isPresent();
    }
  }

  @Test
  void credentialsAreNeverShown() {
    assertThat(new StorageOsCredentials("u", "p4ss").toString()).doesNotContain("p4ss");
    assertThat(new StorageOsCluster(http, new Keys(URL, "v1", "u", "p4ss")).toString())
        .doesNotContain("p4ss");
  }
}
