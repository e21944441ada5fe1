package org.candor.source.karaf;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Optional;

/**
 * What decides whether this virtual machine is healthy.
 *
 * @param deadlock whether threads wait for each other for ever
 * @param afterCollection the largest part of the heap after its last collection; empty when it has
 *     no limit or the collector does not tell
 */
record JvmHealth(boolean deadlock, Optional<MemoryUsage> afterCollection) {

  private static final double FULL = 0.95;

  /**
   * As it is now. Of a heap in parts the largest is where objects stay; a survivor space may well
   * be full.
   */
  static JvmHealth now() {
    return new JvmHealth(
        ManagementFactory.getThreadMXBean().findDeadlockedThreads() != null,
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getCollectionUsage)
            .filter(usage -> usage != null && usage.getMax() > 0)
            .max(Comparator.comparingLong(MemoryUsage::getMax)));
  }

  boolean healthy() {
    return !deadlock
        && afterCollection.filter(heap -> heap.getUsed() > heap.getMax() * FULL).isEmpty();
  }
}
