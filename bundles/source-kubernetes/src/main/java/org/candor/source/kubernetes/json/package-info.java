/** Answers that are JSON, read as they come and within bounds. */
package org.candor.source.kubernetes.json;
