package org.candor.control;

/** This node's part in its cluster. */
public interface ClusterView {

  ClusterStatus status();
}
