/** Which fields the owner has been told of, so that one that an upgrade adds waits until then. */
package org.candor.core.disclosure;
