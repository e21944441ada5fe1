/** What a bundle that notices crashes hands over, and to whom. */
@Version("1.0.0")
package org.candor.api.crash;

import org.osgi.annotation.versioning.Version;
