package org.candor.source.storageos.cluster;

import java.util.EnumMap;
import java.util.Map;

/** How many volumes there are, how large and how well; for one thread. */
public final class Volumes {

  private final Map<VolumeHealth, Long> byHealth = new EnumMap<>(VolumeHealth.class);
  private long count;
  private long bytes;

  /**
   * Counts a volume.
   *
   * @throws ArithmeticException when the sizes no longer sum up to a {@code long}
   */
  public void add(VolumeHealth health, long size) {
    bytes = Math.addExact(bytes, size);
    byHealth.merge(health, 1L, Long::sum);
    count++;
  }

  /** All volumes. */
  public long count() {
    return count;
  }

  /** The volumes of this health. */
  public long count(VolumeHealth health) {
    return byHealth.getOrDefault(health, 0L);
  }

  /** Sum of the sizes. */
  public long bytes() {
    return bytes;
  }
}
