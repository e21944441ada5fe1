/** Settings of a channel, and the formatters and sinks that are installed. */
package org.candor.core.plugin;
