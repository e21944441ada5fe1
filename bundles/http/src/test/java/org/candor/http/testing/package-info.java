/** A loopback server that misbehaves on purpose, for every bundle that speaks HTTP. */
package org.candor.http.testing;
