/** Access control, the same for every path: host, authentication, roles, body limit, routing. */
package org.candor.rest.gate;
