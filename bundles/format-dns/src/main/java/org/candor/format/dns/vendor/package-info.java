/**
 * The vendor's side: keys, zone files and names read back, from the shell's commands and from the
 * command line without Karaf. Knows nothing of OSGi or of Candor's api.
 */
package org.candor.format.dns.vendor;
