/**
 * Loopback endpoints that take what Candor sends, check it as the real ones do, and show it: for a
 * first try, for tests, and for demonstrations of an endpoint that fails.
 */
package org.candor.receiver;
