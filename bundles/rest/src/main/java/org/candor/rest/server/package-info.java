/** The socket, the few threads that answer, and what keeps slow clients from holding them. */
package org.candor.rest.server;
