package org.candor.core.cluster;

import org.candor.control.ClusterStatus;
import org.candor.control.ClusterView;
import org.osgi.service.component.annotations.Component;

/** Standalone mode: a node that has no cluster to agree with. */
@Component
public final class SingleNode implements ClusterView {

  @Override
  public ClusterStatus status() {
    return new ClusterStatus("single");
  }
}
