/** How much of an API server's JSON is read, and how the lines of a watch are. */
package org.candor.source.kubernetes.json;
