/**
 * Durable storage: crash-safe files, atomic replacement, checkpoints, framed records, recovery at
 * start-up.
 */
package org.candor.core.store;
