/** What a bundle implements to contribute facts. */
@Version("1.1.0")
package org.candor.api.source;

import org.osgi.annotation.versioning.Version;
