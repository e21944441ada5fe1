/** Crash-safe files. */
package org.candor.core.store;
