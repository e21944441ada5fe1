/** What a bundle implements to carry messages to where they go. */
@Version("1.1.0")
package org.candor.api.sink;

import org.osgi.annotation.versioning.Version;
