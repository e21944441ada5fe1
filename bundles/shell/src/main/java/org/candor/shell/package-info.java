/** The commands of the shell's scope {@code telemetry}; they see the control services only. */
package org.candor.shell;
