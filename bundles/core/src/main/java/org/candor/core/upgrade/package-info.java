/** Upgrade notification: remembers news of upgrades and passes them on. */
package org.candor.core.upgrade;
