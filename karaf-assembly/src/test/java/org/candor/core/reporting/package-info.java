/** Opens the channel's own code to a test of the whole way. */
package org.candor.core.reporting;
