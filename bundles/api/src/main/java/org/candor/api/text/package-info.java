/** Text that others wrote, in a form that is safe to show. */
@Version("1.1.0")
package org.candor.api.text;

import org.osgi.annotation.versioning.Version;
