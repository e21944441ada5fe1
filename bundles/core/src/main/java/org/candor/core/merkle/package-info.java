/** Merkle log: the tree of RFC 9162, section 2.1, and what can be proved with it. */
package org.candor.core.merkle;
