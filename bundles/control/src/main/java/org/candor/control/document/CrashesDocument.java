package org.candor.control.document;

/**
 * The crashes that were seen.
 *
 * @param crashes each a {@link org.candor.control.CrashSummary}, or a {@link
 *     org.candor.control.SeenCrash} where stacks were asked for
 */
public record CrashesDocument(Iterable<?> crashes) {}
