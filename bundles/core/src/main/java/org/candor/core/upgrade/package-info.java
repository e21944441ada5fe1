/** Remembering news of upgrades, and telling them. */
package org.candor.core.upgrade;
