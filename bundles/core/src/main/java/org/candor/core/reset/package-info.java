/** Reset: makes this installation one that nobody has heard of. */
package org.candor.core.reset;
