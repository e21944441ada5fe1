/** News of upgrades, and whom to tell of them. */
@Version("1.0.0")
package org.candor.api.upgrade;

import org.osgi.annotation.versioning.Version;
