package org.candor.source.storageos.cluster;

/**
 * A volume's health, in the words of API v1 as the release notes of StorageOS 1.0.0 define them
 * ("Volume health management and reporting is improved").
 */
public enum VolumeHealth {
  /** The master and the asked number of replicas are healthy. */
  HEALTHY,
  /** A replica is being synchronised. */
  SYNCING,
  /** The master is healthy, and a replica is suspect or degraded. */
  SUSPECT,
  /** The master is suspect or degraded, or it is healthy and a replica is dead. */
  DEGRADED,
  /** The volume is offline. */
  OFFLINE,
  /** Whatever else is said, and nothing at all: such a volume is counted, but as none of these. */
  OTHER
}
