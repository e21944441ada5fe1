package org.candor.source.storageos.cluster;

import java.util.OptionalLong;

/**
 * Inventory: what a cluster has. No name of anything in it is kept.
 *
 * @param software what its nodes run
 * @param nodes how many nodes
 * @param pools how many pools; empty when the API knows none
 * @param namespaces how many namespaces
 * @param rules how many rules, in all namespaces; empty when the API knows none
 * @param volumes of all namespaces
 */
public record ClusterInventory(
    Software software,
    long nodes,
    OptionalLong pools,
    long namespaces,
    OptionalLong rules,
    Volumes volumes) {}
