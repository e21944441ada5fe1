/** Java's exceptions, alive or as printed text, taken apart into frames. */
package org.candor.source.crash.stack;
