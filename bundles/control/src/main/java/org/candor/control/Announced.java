package org.candor.control;

import java.time.Instant;
import java.util.Optional;

/**
 * What is new of a channel, and nobody has accepted so far.
 *
 * @param channel whose it is
 * @param matter what is new
 * @param what its new value, such as the destination; for {@link Matter#GRANT} the purpose
 * @param withheldUntil before when the channel sends nothing because of it; empty when it does
 */
public record Announced(
    String channel, Matter matter, String what, Optional<Instant> withheldUntil) {}
