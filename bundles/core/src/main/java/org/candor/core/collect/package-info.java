/** Asking the sources. */
package org.candor.core.collect;
