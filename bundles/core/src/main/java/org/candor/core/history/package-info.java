/** Time series: how reports and deliveries went, by the hour, for the owner's eyes. */
package org.candor.core.history;
