/** Read-only resources: the shell's documents over HTTP. */
package org.candor.rest.read;
