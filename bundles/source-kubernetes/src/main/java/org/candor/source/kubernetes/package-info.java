/** Observes Kubernetes: its version, and what the cluster specification says on consent. */
package org.candor.source.kubernetes;
