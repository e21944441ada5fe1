package org.candor.core.disclosure;

import java.time.Instant;
import java.util.Optional;

/**
 * Disclosure check, its result: what of a {@link Disclosure} must not leave yet.
 *
 * @param hold until when nothing at all may leave, since channel, purpose, destination or plugin is
 *     new
 * @param news what is new, for people; empty when nothing is
 * @param formatter its fields
 * @param sink its fields
 */
public record DisclosureResult(
    Optional<Instant> hold, String news, Optional<WithheldFields> formatter, WithheldFields sink) {}
