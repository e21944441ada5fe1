/** Health of this Karaf: bundles, components, health checks, JVM. */
package org.candor.source.karaf;
