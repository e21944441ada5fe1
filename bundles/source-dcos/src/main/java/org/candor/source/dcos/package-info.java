/** Health, packages and Mesos figures of a DC/OS cluster, as {@code dcos-signal} read them. */
package org.candor.source.dcos;
