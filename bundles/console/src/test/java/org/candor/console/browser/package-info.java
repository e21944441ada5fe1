/** The page in a real browser, before a server that says what a test wants it to say. */
package org.candor.console.browser;
