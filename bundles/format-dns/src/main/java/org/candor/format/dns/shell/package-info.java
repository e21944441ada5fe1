/** The commands {@code telemetry:key}, {@code telemetry:zone} and {@code telemetry:decode}. */
package org.candor.format.dns.shell;
