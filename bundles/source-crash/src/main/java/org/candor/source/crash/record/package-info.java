/** Crash records: files that tell of a crash, dropped into a folder by whoever saw it. */
package org.candor.source.crash.record;
