package org.candor.format.sentry;

import org.candor.api.fact.FactNames;

/** Metric: a number of the daily report, and the fact that it is. */
enum InventoryNumber {
  NODES("node_count", FactNames.STORAGE_NODES, "nodes", "How many nodes the cluster has"),
  POOLS("pool_count", FactNames.STORAGE_POOLS, "pools", "How many storage pools there are"),
  NAMESPACES(
      "namespace_count",
      FactNames.STORAGE_NAMESPACES,
      "namespaces",
      "How many namespaces there are"),
  RULES("rule_count", FactNames.STORAGE_RULES, "rules", "How many rules there are"),
  VOLUMES("volume_count", FactNames.STORAGE_VOLUMES, "volumes", "How many volumes there are"),
  VOLUMES_HEALTHY(
      "volume_healthy_count",
      FactNames.STORAGE_VOLUMES_HEALTHY,
      "volumes",
      "How many volumes have all their replicas healthy"),
  VOLUMES_SYNCING(
      "volume_syncing_count",
      FactNames.STORAGE_VOLUMES_SYNCING,
      "volumes",
      "How many volumes have a replica that is synchronising"),
  VOLUMES_SUSPECT(
      "volume_suspect_count",
      FactNames.STORAGE_VOLUMES_SUSPECT,
      "volumes",
      "How many volumes have a replica that may have failed"),
  VOLUMES_DEGRADED(
      "volume_degraded_count",
      FactNames.STORAGE_VOLUMES_DEGRADED,
      "volumes",
      "How many volumes lack a replica or may lose their master"),
  VOLUMES_OFFLINE(
      "volume_offline_count",
      FactNames.STORAGE_VOLUMES_OFFLINE,
      "volumes",
      "How many volumes cannot be used"),
  VOLUMES_BYTES(
      "volume_total_bytes",
      FactNames.STORAGE_VOLUMES_BYTES,
      "bytes",
      "The sum of the volumes' sizes");

  private final String key;
  private final String fact;
  private final String unit;
  private final String meaning;

  InventoryNumber(String key, String fact, String unit, String meaning) {
    this.key = key;
    this.fact = fact;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** The key in the context {@code candor}. */
  String key() {
    return key;
  }

  String fact() {
    return fact;
  }

  String unit() {
    return unit;
  }

  String meaning() {
    return meaning;
  }
}
