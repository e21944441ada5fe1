package org.candor.core.told;

import java.time.Instant;
import java.util.Optional;

/**
 * What of a {@link Disclosure} must not leave yet.
 *
 * @param shut until when nothing at all may leave, since channel, purpose, destination or plugin is
 *     new
 * @param news what is new, for people; empty when nothing is
 * @param formatter its fields
 * @param sink its fields
 */
public record Disclosed(
    Optional<Instant> shut, String news, Optional<Withheld> formatter, Withheld sink) {}
