/** The JSON that the shell prints and HTTP answers with: the same words for the same states. */
@Version("1.3.0")
package org.candor.control.document;

import org.osgi.annotation.versioning.Version;
