package org.candor.source.storageos.v2;

import java.util.OptionalLong;
import org.candor.source.storageos.cluster.VolumeHealth;

/**
 * Derives a volume's health, which v2 does not name, from its copies, in the words of v1.
 *
 * <p>The words of the copies are {@code MasterHealth} and {@code ReplicaHealth} of {@code
 * openapi.yaml}; what v1 means by its words stands at {@link VolumeHealth}. The first row that fits
 * decides, so of two that fit the worse counts:
 *
 * <table>
 * <caption>From the copies to the volume</caption>
 * <tr><th>master</th><th>replicas</th><th>volume</th></tr>
 * <tr><td>offline</td><td>any</td><td>offline: the master alone serves it</td></tr>
 * <tr><td>unknown, missing, any other word</td><td>any</td><td>none of the five</td></tr>
 * <tr><td>online</td><td>one failed, or fewer than asked</td><td>degraded: one is dead</td></tr>
 * <tr><td>online</td><td>one unknown or of any other word</td><td>suspect</td></tr>
 * <tr><td>online</td><td>one recovering, provisioning, provisioned or syncing</td><td>syncing: it
 * is on its way to ready</td></tr>
 * <tr><td>online</td><td>all ready, as many as asked; or none and none asked</td>
 * <td>healthy</td></tr>
 * </table>
 *
 * <p>Replicas that are deleted do not count. Without a number that was asked for, those there are
 * were.
 */
final class Replication {

  private static final int DIGITS = 9;

  private String master = "";
  private OptionalLong asked = OptionalLong.empty();
  private long replicas;
  private boolean dead;
  private boolean doubtful;
  private boolean underway;

  void master(String health) {
    master = health;
  }

  /** How many replicas there should be, as the label says it; what is no number says nothing. */
  void asked(String label) {
    asked =
        label.matches("\\d{1," + DIGITS + "}")
            ? OptionalLong.of(Long.parseLong(label))
            : OptionalLong.empty();
  }

  void replica(String health) {
    switch (health) {
      case "deleted" -> {
        return;
      }
      case "ready" -> {}
      case "failed" -> dead = true;
      case "recovering", "provisioning", "provisioned", "syncing" -> underway = true;
      default -> doubtful = true;
    }
    replicas++;
  }

  VolumeHealth health() {
    return switch (master) {
      case "online" -> ofReplicas();
      case "offline" -> VolumeHealth.OFFLINE;
      default -> VolumeHealth.OTHER;
    };
  }

  private VolumeHealth ofReplicas() {
    if (dead || replicas < asked.orElse(replicas)) {
      return VolumeHealth.DEGRADED;
    }
    if (doubtful) {
      return VolumeHealth.SUSPECT;
    }
    return underway ? VolumeHealth.SYNCING : VolumeHealth.HEALTHY;
  }
}
