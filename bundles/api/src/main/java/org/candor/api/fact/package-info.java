/**
 * Facts: the single currency between sources, which observe them, and formatters, which put them on
 * a wire.
 */
@Version("1.0.0")
package org.candor.api.fact;

import org.osgi.annotation.versioning.Version;
