/** The cluster specification: custom resources, read and watched, and what they say on consent. */
package org.candor.source.kubernetes.spec;
