/** A Kubernetes API server: where it is, as whom it is asked, and what it answers. */
package org.candor.source.kubernetes.api;
