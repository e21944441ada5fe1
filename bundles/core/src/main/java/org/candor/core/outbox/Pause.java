package org.candor.core.outbox;

import java.time.Instant;

/**
 * An endpoint's wish to be left alone, which is no wish of another endpoint's.
 *
 * @param endpoint whose wish it is
 * @param until when it ends
 */
public record Pause(String endpoint, Instant until) {}
