package org.candor.control;

/**
 * This node's part in its cluster.
 *
 * @param role {@code single} when there is no cluster to agree with
 */
public record ClusterStatus(String role) {}
