/** When to try again what failed. */
@Version("1.0.0")
package org.candor.api.retry;

import org.osgi.annotation.versioning.Version;
