/** Reads JSON off a stream within fixed bounds of memory. */
package org.candor.source.dcos.json;
