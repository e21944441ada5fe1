package org.candor.core.store;

/**
 * Lock hierarchy of a reset, outermost first. Whoever uses another while it is locked comes before
 * that other one; a reset that locked them in another order could wait for ever.
 */
public enum ResetOrder {
  /** Calls listeners of other bundles when all is done, so that nothing is locked meanwhile. */
  UPGRADES,
  /** Asks the journal what was settled when it recovers. */
  OUTBOX,
  JOURNAL,
  CRASHES,
  HISTORY,
  /** Asks none of the others while it is locked. */
  IDENTITY
}
