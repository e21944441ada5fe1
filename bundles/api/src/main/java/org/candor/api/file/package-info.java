/** Files: noticing that they change, secrets in them, and files that are for their owner alone. */
@Version("1.0.0")
package org.candor.api.file;

import org.osgi.annotation.versioning.Version;
