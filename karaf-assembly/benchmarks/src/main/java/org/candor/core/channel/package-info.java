/** What of core's channels a benchmark needs to put together without a container. */
package org.candor.core.channel;
