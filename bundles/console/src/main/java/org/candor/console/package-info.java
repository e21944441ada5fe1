/** The web page: what leaves, what left, what is new, and one switch. */
package org.candor.console;
