/** A real browser, for the tests of whatever shows a page. */
package org.candor.console.testing;
