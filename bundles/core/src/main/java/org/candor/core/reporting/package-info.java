/** When a channel reports, and what. */
package org.candor.core.reporting;
