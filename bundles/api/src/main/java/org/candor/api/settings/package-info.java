/** Reading configuration so that a bad value is refused by name and the last good one stays. */
@Version("1.1.0")
package org.candor.api.settings;

import org.osgi.annotation.versioning.Version;
