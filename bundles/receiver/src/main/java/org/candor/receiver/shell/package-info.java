/** The command {@code telemetry:received}. */
package org.candor.receiver.shell;
