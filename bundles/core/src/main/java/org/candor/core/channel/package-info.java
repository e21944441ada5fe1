/** From a report that is due to its receipt. */
package org.candor.core.channel;
