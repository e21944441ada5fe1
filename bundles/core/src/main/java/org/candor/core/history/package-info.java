/** How things went, by the hour, for the owner's eyes. */
package org.candor.core.history;
