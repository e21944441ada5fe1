/** Who is let in, to which path, with what: the same for every path. */
package org.candor.rest.gate;
