/** What can be read over HTTP: the shell's documents. */
package org.candor.rest.read;
