/** Configuration and state files: reads the owner's, keeps Candor's own. */
package org.candor.core.settings;
