/** Observes Kubernetes: its version, and the word of the cluster specification on consent. */
package org.candor.source.kubernetes;
