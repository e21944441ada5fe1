package org.candor.core.journal;

/**
 * The log at a moment.
 *
 * @param state what it should be
 * @param to number of the last that is there; the same, unless somebody changed the file
 */
record LogView(TreeState state, long to) {}
