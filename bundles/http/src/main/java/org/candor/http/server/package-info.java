/**
 * An HTTP server that binds in the background, and bounds what all clients and each of them can
 * take of it: for every bundle that answers HTTP.
 */
@Version("2.0.0")
package org.candor.http.server;

import org.osgi.annotation.versioning.Version;
