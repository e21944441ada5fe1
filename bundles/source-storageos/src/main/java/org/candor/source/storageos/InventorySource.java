package org.candor.source.storageos;

import java.util.Map;
import java.util.Optional;
import org.candor.api.Deadline;
import org.candor.api.fact.FactNames;
import org.candor.api.source.HealthSource;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceException;
import org.candor.api.source.SourceName;
import org.candor.source.storageos.cluster.ClusterInventory;
import org.candor.source.storageos.cluster.Software;
import org.candor.source.storageos.cluster.VolumeHealth;
import org.candor.source.storageos.cluster.Volumes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Nodes, pools, namespaces, rules and volumes of a StorageOS cluster, and what its nodes run.
 * Counts that were not all read are no counts: one request that fails costs them all.
 */
@Component(immediate = true)
@SourceName("storageos")
public final class InventorySource implements HealthSource {

  private static final Map<VolumeHealth, String> BY_HEALTH =
      Map.of(
          VolumeHealth.HEALTHY, FactNames.STORAGE_VOLUMES_HEALTHY,
          VolumeHealth.SYNCING, FactNames.STORAGE_VOLUMES_SYNCING,
          VolumeHealth.SUSPECT, FactNames.STORAGE_VOLUMES_SUSPECT,
          VolumeHealth.DEGRADED, FactNames.STORAGE_VOLUMES_DEGRADED,
          VolumeHealth.OFFLINE, FactNames.STORAGE_VOLUMES_OFFLINE);

  private final StorageOsCluster cluster;

  @Activate
  public InventorySource(@Reference StorageOsCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Observation observe(Deadline deadline) throws SourceException {
    return cluster.ask(api -> facts(api.inventory(deadline)));
  }

  private static Observation facts(ClusterInventory inventory) {
    Observation.Builder seen = Observation.builder();
    software(seen, inventory.software());
    seen.count(FactNames.STORAGE_NODES, inventory.nodes());
    inventory.pools().ifPresent(pools -> seen.count(FactNames.STORAGE_POOLS, pools));
    seen.count(FactNames.STORAGE_NAMESPACES, inventory.namespaces());
    inventory.rules().ifPresent(rules -> seen.count(FactNames.STORAGE_RULES, rules));
    volumes(seen, inventory.volumes());
    return seen.build();
  }

  private static void software(Observation.Builder seen, Software software) {
    known(seen, FactNames.STORAGE_VERSION, software.version());
    known(seen, FactNames.STORAGE_BUILD, software.build());
    known(seen, FactNames.STORAGE_API_VERSION, software.apiVersion());
    known(seen, FactNames.STORAGE_RUNTIME_VERSION, software.runtimeVersion());
    known(seen, FactNames.STORAGE_OS, software.os());
    known(seen, FactNames.STORAGE_ARCH, software.arch());
  }

  private static void known(Observation.Builder seen, String fact, String text) {
    if (!text.isEmpty()) {
      seen.text(fact, text);
    }
  }

  private static void volumes(Observation.Builder seen, Volumes volumes) {
    seen.count(FactNames.STORAGE_VOLUMES, volumes.count());
    for (VolumeHealth health : VolumeHealth.values()) {
      Optional.ofNullable(BY_HEALTH.get(health))
          .ifPresent(fact -> seen.count(fact, volumes.count(health)));
    }
    seen.count(FactNames.STORAGE_VOLUMES_BYTES, volumes.bytes());
  }
}
