/**
 * An HTTP server that binds in the background and lets no slow client hold its threads: for every
 * bundle that answers HTTP.
 */
@Version("1.0.0")
package org.candor.http.server;

import org.osgi.annotation.versioning.Version;
