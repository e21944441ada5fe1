package org.candor.source.storageos.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.candor.source.storageos.cluster.VolumeHealth;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationTest {

  @ParameterizedTest(name = "{0}, {1} asked, {2}: {3}")
  @CsvSource({
    // The master decides alone unless it is online.
    "offline, '',  '',                     OFFLINE",
    "offline, 2,   'ready ready',          OFFLINE",
    "offline, 1,   'failed',               OFFLINE",
    "unknown, '',  '',                     OTHER",
    "unknown, 1,   'ready',                OTHER",
    "unknown, 1,   'failed',               OTHER",
    "'',      '',  '',                     OTHER",
    "Online,  '',  '',                     OTHER",
    // Each word of a replica.
    "online,  '',  '',                     HEALTHY",
    "online,  0,   '',                     HEALTHY",
    "online,  1,   'ready',                HEALTHY",
    "online,  1,   'recovering',           SYNCING",
    "online,  1,   'provisioning',         SYNCING",
    "online,  1,   'provisioned',          SYNCING",
    "online,  1,   'syncing',              SYNCING",
    "online,  1,   'failed',               DEGRADED",
    "online,  1,   'deleted',              DEGRADED",
    "online,  1,   'unknown',              SUSPECT",
    "online,  1,   'whatever',             SUSPECT",
    "online,  1,   '-',                    SUSPECT",
    // The number that was asked for.
    "online,  2,   'ready',                DEGRADED",
    "online,  2,   'ready deleted',        DEGRADED",
    "online,  2,   'syncing',              DEGRADED",
    "online,  1,   '',                     DEGRADED",
    "online,  1,   'ready ready',          HEALTHY",
    "online,  1,   'ready deleted',        HEALTHY",
    "online,  0,   'deleted',              HEALTHY",
    "online,  '',  'deleted',              HEALTHY",
    "online,  '',  'ready ready',          HEALTHY",
    "online,  two, 'ready',                HEALTHY",
    "online,  -1,  'ready',                HEALTHY",
    "online,  99999999999999999999, ready, HEALTHY",
    // Of two that fit, the worse.
    "online,  2,   'syncing failed',       DEGRADED",
    "online,  2,   'unknown failed',       DEGRADED",
    "online,  2,   'syncing unknown',      SUSPECT",
    "online,  2,   'ready syncing',        SYNCING",
    "online,  2,   'ready unknown',        SUSPECT",
    "online,  1,   'ready failed',         DEGRADED",
  })
  void theWorstThatFitsDecides(
      String master, String asked, String replicas, VolumeHealth expected) {
    Replication replication = new Replication();
    replication.master(master);
    replication.asked(asked);
    Arrays.stream(replicas.split(" "))
        .filter(word -> !word.isEmpty())
        .forEach(word -> replication.replica(word.equals("-") ? "" : word));
    assertThat(replication.health()).isEqualTo(expected);
  }
}
