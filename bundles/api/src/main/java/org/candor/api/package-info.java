/**
 * Values that every part of Candor shares. All of them are immutable and safe to share between
 * threads, apart from {@link org.candor.api.Deadline}, which is safe to share and changes.
 */
@Version("1.1.0")
package org.candor.api;

import org.osgi.annotation.versioning.Version;
