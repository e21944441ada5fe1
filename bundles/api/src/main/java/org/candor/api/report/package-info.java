/**
 * What a bundle implements to turn facts into messages, and the catalogue that says what a message
 * may hold.
 */
@Version("1.2.0")
package org.candor.api.report;

import org.osgi.annotation.versioning.Version;
