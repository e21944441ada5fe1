/** The owner's answer, and what a bundle implements to give it. */
@Version("1.0.0")
package org.candor.api.consent;

import org.osgi.annotation.versioning.Version;
