/** Answers that are JSON: asked for, read as they come, and within bounds. */
@Version("1.3.0")
package org.candor.http.json;

import org.osgi.annotation.versioning.Version;
