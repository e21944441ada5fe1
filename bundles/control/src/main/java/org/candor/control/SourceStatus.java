package org.candor.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A source at present.
 *
 * @param name of the source
 * @param state how the last observation went
 * @param observedAt when it ended; empty when there was none
 * @param facts how many it saw
 * @param took how long it ran; zero when there was none
 * @param error what went wrong or what to set; empty when all is well
 */
public record SourceStatus(
    String name,
    SourceState state,
    Optional<Instant> observedAt,
    long facts,
    Duration took,
    String error) {}
