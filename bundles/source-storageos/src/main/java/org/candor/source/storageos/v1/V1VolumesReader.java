package org.candor.source.storageos.v1;

import java.io.IOException;
import java.util.Map;
import org.candor.http.json.Json;
import org.candor.source.storageos.cluster.VolumeHealth;
import org.candor.source.storageos.cluster.Volumes;

/**
 * Reads the answer of {@code /v1/namespaces/NAME/volumes}: a list of what {@code types/volume.go}
 * describes.
 *
 * <p>Its {@code size} is called GB there and means 2^30 bytes: StorageOS's own command line shows a
 * size of 100 as "100GiB" since commit 1227373 of {@code storageos/go-cli} ("convert all size
 * representation to binary"), and its release notes call GB in the web page a mistake for GiB.
 *
 * <table>
 * <caption>{@code health}</caption>
 * <tr><th>word</th><th>counted as</th></tr>
 * <tr><td>healthy, syncing, suspect, degraded, offline</td><td>the same</td></tr>
 * <tr><td>decommissioned (it is being deleted)</td><td>a volume only</td></tr>
 * <tr><td>dead (a state of older releases)</td><td>a volume only</td></tr>
 * <tr><td>empty, missing, any other</td><td>a volume only</td></tr>
 * </table>
 */
final class V1VolumesReader {

  private static final long GIB = 1L << 30;

  private static final Map<String, VolumeHealth> HEALTH =
      Map.of(
          "healthy", VolumeHealth.HEALTHY,
          "syncing", VolumeHealth.SYNCING,
          "suspect", VolumeHealth.SUSPECT,
          "degraded", VolumeHealth.DEGRADED,
          "offline", VolumeHealth.OFFLINE);

  private final Json json;
  private String health = "";
  private long size = -1;

  private V1VolumesReader(Json json) {
    this.json = json;
  }

  /** Adds all volumes of an answer. */
  static Volumes read(Json json, Volumes volumes) throws IOException {
    json.items(() -> new V1VolumesReader(json).volume(volumes));
    return volumes;
  }

  private void volume(Volumes volumes) throws IOException {
    json.members(this::member);
    if (size < 0) {
      throw json.wrong("a volume without size");
    }
    try {
      volumes.add(HEALTH.getOrDefault(health, VolumeHealth.OTHER), Math.multiplyExact(size, GIB));
    } catch (ArithmeticException e) {
      throw json.wrong("sizes beyond all measure");
    }
  }

  private void member(String name) throws IOException {
    switch (name) {
      case "health" -> health = json.text();
      case "size" -> size = json.count();
      default -> json.skip();
    }
  }
}
