/**
 * What the tests of several bundles need: a loopback server that misbehaves on purpose, the
 * programs of others, run for one test, and a way to wait for a state.
 */
package org.candor.http.testing;
