/**
 * Peers for the tests of every bundle that speaks to one: a loopback server that misbehaves on
 * purpose, and the programs of others, run for one test.
 */
package org.candor.http.testing;
