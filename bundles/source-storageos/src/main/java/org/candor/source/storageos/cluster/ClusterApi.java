package org.candor.source.storageos.cluster;

import org.candor.api.Deadline;
import org.candor.api.source.SourceException;

/** One version of a cluster's API. Safe for several threads; calls block. */
public interface ClusterApi {

  /** Counts what the cluster has. */
  ClusterInventory inventory(Deadline deadline) throws SourceException;

  /** The licence's type, such as {@code basic}; empty when the cluster names none. */
  String licenceType(Deadline deadline) throws SourceException;
}
