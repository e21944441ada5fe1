/** Versions that can be compared. */
@Version("1.0.0")
package org.candor.api.version;

import org.osgi.annotation.versioning.Version;
