/** Cluster membership: this node's part in its cluster. */
package org.candor.core.cluster;
