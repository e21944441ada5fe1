/**
 * HTTP for every bundle that speaks it. The client behind it is private to this bundle and starts
 * no thread of its caller's.
 */
@Version("1.0.0")
package org.candor.http;

import org.osgi.annotation.versioning.Version;
