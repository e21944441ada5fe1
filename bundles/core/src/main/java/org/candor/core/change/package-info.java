/** Telling those who show Candor's state when it has changed. */
package org.candor.core.change;
