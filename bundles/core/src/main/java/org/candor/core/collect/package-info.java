/** Collection: asks the sources, each in isolation and under a deadline. */
package org.candor.core.collect;
