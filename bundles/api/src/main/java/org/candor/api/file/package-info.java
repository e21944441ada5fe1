/** Files that somebody else writes: noticing that they change, and secrets in them. */
@Version("1.0.0")
package org.candor.api.file;

import org.osgi.annotation.versioning.Version;
