package org.candor.source.storageos.v1;

import java.util.Optional;
import org.candor.source.storageos.cluster.Software;

/**
 * The nodes of a cluster.
 *
 * @param count how many
 * @param software what most of them run, the first of them where there are as many of others; empty
 *     when none tells
 */
record Nodes(long count, Optional<Software> software) {}
