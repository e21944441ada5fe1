/** Change notification for those who show Candor's state. */
package org.candor.core.change;
